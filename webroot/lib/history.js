import { Ring } from "./ring.js";

/** Two minutes, one number a second, both ends included. */
export const CAPACITY = 121;

/**
 * @typedef {object} Line
 * @property {Ring} ring
 * @property {(state: any) => number | undefined} read
 * @property {string[]} names of the series that it is read from
 */

/**
 * The last two minutes of whatever the cards draw. The server pushes only what changed, so the page itself notes
 * the current number once a second: a quiet line is still a line.
 */
export class History {
  /** @type {Set<Line>} */
  #lines = new Set();
  #second = 0;

  /**
   * @param {(state: any) => number | undefined} read
   * @param {string[]} [names]
   * @returns {Line & { remove: () => void }}
   */
  line(read, names = []) {
    const line = { ring: new Ring(CAPACITY), read, names, remove: () => void this.#lines.delete(line) };
    this.#lines.add(line);
    return line;
  }

  get lines() {
    return [...this.#lines];
  }

  /** The second of the newest number, by clock.js; 0 while there is none. */
  get newest() {
    return this.#second * 1000;
  }

  /** Puts what the server remembers where this page does not know better. @param {import("./columns.js").Columns} columns @param {number} ahead of the server's clock */
  mend(columns, ahead) {
    for (const line of this.#lines) {
      const middle = columns.of(line)?.middle ?? [];
      for (let index = 0; index < CAPACITY; index++) {
        const at = this.newest + (index - CAPACITY + 1) * 1000 + ahead;
        line.ring.mend(index, middle[Math.floor((at - columns.from) / columns.step)] ?? Number.NaN);
      }
    }
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
  }
}

/** @param {Line} line @param {any} state @param {number} passed */
function note({ ring, read }, state, passed) {
  const known = state !== undefined;
  if (passed > 1) ring.push(known ? ring.last : Number.NaN, passed - 1);
  ring.push(known ? (read(state) ?? Number.NaN) : Number.NaN);
}
