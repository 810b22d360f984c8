import { beside } from "./board-address.js";
import { now } from "./clock.js";
import { Facts } from "./facts.js";
import { Replica } from "./feed.js";
import { isOffline } from "./health.js";
import { STALE_AFTER_MS } from "./reconnect.js";
import { Seconds } from "./seconds.js";
import { Timeline } from "./timeline.js";
import { Watchers } from "./watchers.js";

const ASK_AGAIN_AFTER_MS = 2_000;
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
  /** When this board was last heard of, by clock.js. */
  heardAt = 0;
  /** Whether the directory has no such board. */
  missing = false;
  /** What the directory says of it. @type {import("./health.js").Health | undefined} */
  health;
  history = new Timeline(this);
  seconds = new Seconds(this);
  /** Why the last request for a snapshot failed, or "". */
  trouble = "";

  /** @param {import("./bus.js").Bus} bus @param {string} board @param {number} [patience] how long changes can wait for a frame that is drawn anyway, in ms */
  constructor(bus, board, patience = 0) {
    this.bus = bus;
    this.board = board;
    this.facts = new Facts(board);
    this.#watchers = new Watchers(this, patience);
  }

  /** @type {any} */
  get state() {
    return this.#replica.state;
  }

  get epoch() {
    return this.#replica.epoch;
  }

  /** What the server's clock shows, Unix ms. */
  get serverTime() {
    return this.bus.clock.now;
  }

  /** Another board of the same machine, over the same connection, not started yet. @param {string} name */
  sibling(name) {
    return new LiveFeed(this.bus, beside(this.board, name), SIBLING_PATIENCE_MS);
  }

  start() {
    this.#leave ??= this.bus.join(`board.${this.board}.changes`, {
      opened: () => this.#restart(),
      doubted: () => this.#doubt(),
      message: (body) => {
        this.bus.clock.shows(body.at);
        this.#took(this.#replica.change(body));
      },
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
    return this.isAnswered(now) && !isOffline(this.health);
  }

  /** Whether the server can tell of it, though it may have been silent for long. @param {number} now by clock.js */
  isAnswered(now) {
    return this.bus.connection.phase === "open" && this.state !== undefined && (isOffline(this.health) || now - this.heardAt <= STALE_AFTER_MS);
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
    this.seconds.note(now());
    for (const listener of this.#listeners) listener();
    this.#watchers.changed();
  }

  /** @param {number} round */
  async #ask(round) {
    try {
      const snapshot = await this.bus.request(`board.${this.board}.snapshot`);
      if (round === this.#round) {
        this.bus.clock.showed(snapshot.at);
        this.#took(this.#replica.snapshot(snapshot));
      }
      this.trouble = "";
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
      setTimeout(() => round === this.#round && void this.#ask(round), ASK_AGAIN_AFTER_MS);
    }
  }
}
