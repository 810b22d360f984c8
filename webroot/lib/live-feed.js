import { now } from "./clock.js";
import { Facts } from "./facts.js";
import { Replica } from "./feed.js";
import { inFrame } from "./frame.js";
import { Timeline } from "./timeline.js";

/**
 * @typedef {{ select: (state: any, feed: LiveFeed) => unknown, render: (value: any) => void, last: unknown }} Watcher
 */

const ASK_AGAIN_AFTER_MS = 2_000;
/** The server sends something at least each 5 s; two seconds more forgive a slow network. */
export const STALE_AFTER_MS = 7_000;

/** One board, live: joins the bus, keeps the replica, and tells the views what changed. */
export class LiveFeed {
  #replica = new Replica();
  /** @type {Set<Watcher>} */
  #watchers = new Set();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {(() => void) | undefined} */
  #leave;
  /** Grows with each subscription: an answer to an older one must not be taken. */
  #round = 0;
  #ahead = 0;
  /** When this board was last heard of, by clock.js. */
  heardAt = 0;
  history = new Timeline(this);
  facts = new Facts();
  /** Why the last request for a snapshot failed, or "". */
  trouble = "";

  /** @param {import("./bus.js").Bus} bus @param {string} board */
  constructor(bus, board) {
    this.bus = bus;
    this.board = board;
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
    return new LiveFeed(this.bus, board);
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

  /** Notes this second in the history. @param {number} now by clock.js */
  sample(now) {
    this.history.sample(now, this.isLive(now) ? this.state : undefined);
  }

  /**
   * Renders, in an animation frame, whatever part of the state was selected, now and when that part has changed.
   * @template T
   * @param {(state: any, feed: LiveFeed) => T} select
   * @param {(value: T) => void} render
   * @returns {() => void}
   */
  watch(select, render) {
    const watcher = { select, render, last: /** @type {unknown} */ (Symbol("never rendered")) };
    this.#watchers.add(watcher);
    inFrame(this.#render);
    return () => void this.#watchers.delete(watcher);
  }

  /** Calls back at once on each change, also in a hidden tab: for what costs nothing. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #render = () => {
    if (this.state === undefined) return;
    for (const watcher of [...this.#watchers]) {
      const value = watcher.select(this.state, this);
      if (Object.is(value, watcher.last)) continue;
      watcher.last = value;
      watcher.render(value);
    }
  };

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
    this.sample(now());
    for (const listener of this.#listeners) listener();
    inFrame(this.#render);
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
