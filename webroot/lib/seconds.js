/** The server samples once a second, and the network is not even. */
const LATE_AFTER_MS = 1_200;

/** Notes each second of a board in its history, so that a quiet line is still a line. */
export class Seconds {
  /** What came in a second that already had its figure: it is that of the next second, if nothing else comes. @type {any} */
  #unnoted;
  #feed;

  /** @param {import("./live-feed.js").LiveFeed} feed */
  constructor(feed) {
    this.#feed = feed;
  }

  /**
   * Notes this second if no change will do so soon: then figures and lines are painted in one frame.
   * @param {number} now by clock.js
   */
  tick(now) {
    if (now - this.#feed.heardAt >= LATE_AFTER_MS) this.note(now);
  }

  /** @param {number} now by clock.js */
  note(now) {
    const { history, history: { rings, rings: { newest: before } } } = this.#feed;
    const state = this.#feed.isLive(now) ? this.#feed.state : undefined;
    if (this.#unnoted !== undefined && now - before >= 2_000) history.sample(before + 1_000, this.#unnoted);
    history.sample(now, state);
    this.#unnoted = rings.newest === before ? state : undefined;
  }
}
