import { now } from "./clock.js";
import { Facts } from "./facts.js";
import { Replica } from "./feed.js";
import { STALE_AFTER_MS } from "./reconnect.js";
import { Timeline } from "./timeline.js";
import { Watchers } from "./watchers.js";

const ASK_AGAIN_AFTER_MS = 2_000;
/** The server samples once a second, and the network is not even. */
const LATE_AFTER_MS = 1_200;
const SIBLING_PATIENCE_MS = 1_000; // Shown with the next change of the page's own board.

/** One board, live: joins the bus, keeps the replica, and tells the views what changed. */
export class LiveFeed {
  #replica = new Replica();
  #watchers;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {(() => void) | undefined} */
  #leave;
  /** Grows with each subscription: an answer to an older one must not be taken. */
  #round = 0;
  #ahead = 0;
  /** What came in a second that already had its figure: it is that of the next second, if nothing else comes. @type {any} */
  #unnoted;
  /** When this board was last heard of, by clock.js. */
  heardAt = 0;
  history = new Timeline(this);
  facts = new Facts();
  /** Why the last request for a snapshot failed, or "". */
  trouble = "";

  /** @param {import("./bus.js").Bus} bus @param {string} board @param {number} [patience] how long changes can wait for a frame that is drawn anyway, in ms */
  constructor(bus, board, patience = 0) {
    this.bus = bus;
    this.board = board;
    this.#watchers = new Watchers(this, patience);
  }

  /** @type {any} */
  get state() {
    return this.#replica.state;
  }

  get epoch() {
    return this.#replica.epoch;
  }

  /** What the server's clock shows, Unix ms: the browser's may be an hour off. */
  get serverTime() {
    return now() + this.#ahead;
  }

  /** Another board over the same connection, not started yet. @param {string} board */
  sibling(board) {
    return new LiveFeed(this.bus, board, SIBLING_PATIENCE_MS);
  }

  start() {
    this.#leave ??= this.bus.join(`board.${this.board}.changes`, {
      opened: () => this.#restart(),
      doubted: () => this.#doubt(),
      message: (body) => this.#took(this.#replica.change(body)),
    });
  }

  stop() {
    this.#round++;
    this.facts.end();
    this.#leave?.();
    this.#leave = undefined;
  }

  /** @param {number} now by clock.js */
  isLive(now) {
    return this.bus.connection.phase === "open" && this.state !== undefined && now - this.heardAt <= STALE_AFTER_MS;
  }

  /**
   * Notes this second in the history if no change will do so soon: then figures and lines are painted in one frame.
   * @param {number} now by clock.js
   */
  tick(now) {
    if (now - this.heardAt >= LATE_AFTER_MS) this.#sample(now);
  }

  /** @param {number} now by clock.js */
  #sample(now) {
    const { rings, rings: { newest: before } } = this.history;
    const state = this.isLive(now) ? this.state : undefined;
    if (this.#unnoted !== undefined && now - before >= 2_000) this.history.sample(before + 1_000, this.#unnoted);
    this.history.sample(now, state);
    this.#unnoted = rings.newest === before ? state : undefined;
  }

  /**
   * Renders, in an animation frame, whatever part of the state was selected, now and when that part has changed.
   * @template T
   * @param {(state: any, feed: LiveFeed) => T} select
   * @param {(value: T) => void} render
   * @returns {() => void}
   */
  watch(select, render) {
    return this.#watchers.add(select, render);
  }

  /** Calls back at once on each change, also in a hidden tab: for what costs nothing. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What is shown may be old: it counts as fresh for a second more, in which a living server has answered. */
  #doubt() {
    this.heardAt = Math.min(this.heardAt, now() - STALE_AFTER_MS + 1_000);
    this.history.gap();
    void this.#ask(++this.#round);
  }

  #restart() {
    this.#took(this.#replica.restart());
  }

  /** @param {import("./feed.js").Outcome} outcome */
  #took(outcome) {
    if (outcome === "ask") void this.#ask(++this.#round);
    else this.heardAt = now();
    if (outcome === "applied") this.#changed();
  }

  #changed() {
    this.#ahead = this.#replica.at - now();
    this.#sample(now());
    for (const listener of this.#listeners) listener();
    this.#watchers.changed();
  }

  /** @param {number} round */
  async #ask(round) {
    try {
      const snapshot = await this.bus.request(`board.${this.board}.snapshot`);
      if (round === this.#round) this.#took(this.#replica.snapshot(snapshot));
      this.trouble = "";
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
      setTimeout(() => round === this.#round && void this.#ask(round), ASK_AGAIN_AFTER_MS);
    }
  }
}
