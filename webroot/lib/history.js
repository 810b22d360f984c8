import { Ring } from "./ring.js";

/** Two minutes, one number a second, both ends included. */
export const CAPACITY = 121;

/**
 * @typedef {{ ring: Ring, read: (state: any) => number | undefined }} Line
 */

/**
 * The last two minutes of whatever the cards draw. The server pushes only what changed, so the page itself notes
 * the current number once a second: a quiet line is still a line.
 */
export class History {
  /** @type {Set<Line>} */
  #lines = new Set();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #second = 0;

  /**
   * @param {(state: any) => number | undefined} read
   * @returns {{ ring: Ring, remove: () => void }}
   */
  line(read) {
    const line = { ring: new Ring(CAPACITY), read };
    this.#lines.add(line);
    return { ring: line.ring, remove: () => void this.#lines.delete(line) };
  }

  /** Called after each second that was noted. @param {() => void} listener @returns {() => void} */
  onTick(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Leaves a gap: it is not known how much time has passed. */
  gap() {
    for (const { ring } of this.#lines) ring.push(Number.NaN);
  }

  /**
   * Notes the state for this second, once, however often it is called. Seconds that were missed (hidden tabs have
   * slow timers) get the last known number while the feed is live, and a gap otherwise.
   * @param {number} now by clock.js
   * @param {any} state undefined while nothing can be known
   */
  sample(now, state) {
    const second = Math.floor(now / 1000);
    const passed = this.#second === 0 ? 1 : second - this.#second;
    if (passed === 0) return;
    this.#second = second;
    for (const line of this.#lines) note(line, state, passed);
    for (const listener of this.#listeners) listener();
  }
}

/** @param {Line} line @param {any} state @param {number} passed */
function note({ ring, read }, state, passed) {
  const known = state !== undefined;
  if (passed > 1) ring.push(known ? ring.last : Number.NaN, passed - 1);
  ring.push(known ? (read(state) ?? Number.NaN) : Number.NaN);
}
