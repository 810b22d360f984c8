import { inFrame } from "./frame.js";

/** @typedef {{ select: (state: any, feed: any) => unknown, render: (value: any) => void, last: unknown }} Watcher */

/** Who shows which part of a board's state. */
export class Watchers {
  /** @type {Set<Watcher>} */
  #watchers = new Set();
  #isRendered = false;
  #feed;
  #patience;

  /** @param {{ state: any }} feed @param {number} patience how long changes can wait for a frame that is drawn anyway, in ms */
  constructor(feed, patience) {
    this.#feed = feed;
    this.#patience = patience;
  }

  /** @param {Watcher["select"]} select @param {Watcher["render"]} render @returns {() => void} */
  add(select, render) {
    const watcher = { select, render, last: /** @type {unknown} */ (Symbol("never rendered")) };
    this.#watchers.add(watcher);
    inFrame(this.#render);
    return () => void this.#watchers.delete(watcher);
  }

  /** The state is another one. */
  changed() {
    inFrame(this.#render, this.#isRendered ? this.#patience : 0);
  }

  #render = () => {
    const { state } = this.#feed;
    if (state === undefined) return;
    this.#isRendered = true;
    // Also those that come up meanwhile: a row is never painted before its figures are in it.
    for (const watcher of this.#watchers) {
      const value = watcher.select(state, this.#feed);
      if (Object.is(value, watcher.last)) continue;
      watcher.last = value;
      watcher.render(value);
    }
  };
}
