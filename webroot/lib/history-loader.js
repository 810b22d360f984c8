import { Refusal } from "./api.js";
import { Columns } from "./columns.js";
import { askHistory } from "./history-request.js";
import { Latest } from "./latest-only.js";

const [AGAIN_AFTER_MS, AGAIN_AT_MOST_MS] = [2_000, 60_000];

/**
 * @typedef {import("./span.js").View} View
 * @typedef {{ view: View, lines: import("./history.js").Line[] }} Wish
 */

/** Asks the server for what a page shows, one question at a time, and again as long as the server cannot be reached. */
export class Past {
  /** Why there is no answer, or "". */
  trouble = "";
  #latest = new Latest();
  #failures = 0;
  #feed;
  #wish;
  #took;

  /**
   * @param {import("./live-feed.js").LiveFeed} feed
   * @param {() => Wish} wish what to ask for, at the moment of asking
   * @param {(columns: Columns | undefined) => void} took what has been answered; undefined for a failure
   */
  constructor(feed, wish, took) {
    this.#feed = feed;
    this.#wish = wish;
    this.#took = took;
  }

  get isLoading() {
    return this.#latest.isBusy;
  }

  /** Whatever was wanted before is not asked for any more. @param {number} after milliseconds */
  want(after) {
    this.#latest.run(after, (signal) => this.#ask(signal));
  }

  forget() {
    this.#latest.stop();
    this.trouble = "";
    this.#failures = 0;
  }

  /** @param {AbortSignal} signal */
  async #ask(signal) {
    const { view: { span, to }, lines } = this.#wish();
    // The server takes whole seconds before now; after a zoom a span is none.
    const between = to === undefined ? { from: `-${Math.ceil(span / 1000)}s`, to: "now" } : { from: to - span, to };
    try {
      const columns = new Columns(await askHistory(this.#feed, lines, between, signal), lines, this.#feed.serverTime);
      if (signal.aborted) return;
      this.trouble = "";
      this.#failures = 0;
      this.#took(columns);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  /** Waits longer from time to time; a refusal would be the same again. @param {unknown} error */
  #failed(error) {
    this.trouble = words(error);
    const wait = Math.min(AGAIN_AT_MOST_MS, AGAIN_AFTER_MS * 2 ** this.#failures++);
    if (!(error instanceof Refusal) || error.status >= 500) this.want(wait);
    this.#took(undefined);
  }
}

/** The server's own words say most. @param {unknown} error */
function words(error) {
  if (error instanceof Refusal && error.body.message) return error.body.message;
  return error instanceof Error ? error.message : String(error);
}
