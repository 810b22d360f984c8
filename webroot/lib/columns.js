import { readBuckets } from "./documents.js";

/**
 * @typedef {import("./documents.js").Answer} Answer
 * @typedef {import("./history.js").Line} Line
 * @typedef {{ low: Float64Array, middle: Float64Array, high: Float64Array }} Band
 */

/** The lines of one span in buckets of the same length, oldest first. A span up to now goes on with the live figures. */
export class Columns {
  /** @type {Map<Line, Band>} */
  #bands = new Map();
  #newest;
  /** How much of the newest bucket is known already, in live figures. */
  #noted;
  #isPaused = false;

  /** @param {Answer} answer @param {Line[]} lines @param {number} now */
  constructor({ from, to, stepMilliseconds, series }, lines, now) {
    this.from = from;
    this.step = stepMilliseconds;
    this.count = Math.max(1, Math.ceil((to - from) / stepMilliseconds));
    const reads = lines.map(({ read }) => read);
    const [low, middle, high] = /** @type {const} */ (["min", "average", "max"]).map((kind) => readBuckets(series, kind, reads, this.count));
    lines.forEach((line, index) => this.#bands.set(line, /** @type {Band} */ ({ low: low?.[index], middle: middle?.[index], high: high?.[index] })));
    this.#newest = Math.min(this.count - 1, Math.max(0, this.#bucket(now)));
    this.#noted = Math.max(1, (now - this.from - this.#newest * this.step) / 1000);
  }

  /** The end of the newest bucket. */
  get to() {
    return this.from + this.count * this.step;
  }

  /** @param {Line} line @returns {Band | undefined} undefined if it was not asked for */
  of(line) {
    return this.#bands.get(line);
  }

  /**
   * Takes the figures of one moment into its bucket, and forgets the oldest bucket for a new one.
   * @param {number} at Unix ms
   * @param {any} state undefined where nothing is known: a gap
   * @returns {boolean} whether a bucket has ended
   */
  note(at, state) {
    const passed = this.#bucket(at) - this.#newest;
    if (passed < 0) return false;
    if (passed > 0) this.#advance(passed, state !== undefined && !this.#isPaused);
    this.#isPaused = false;
    this.#noted++;
    if (state !== undefined) for (const [{ read }, band] of this.#bands) this.#add(band, read(state));
    return passed > 0;
  }

  /** What comes from now on is not noted, until the next figure that is: nothing is known of the time between. */
  pause() {
    this.#isPaused = true;
  }

  /** What comes next does not follow what was last. */
  gap() {
    for (const { low, middle, high } of this.#bands.values()) for (const values of [low, middle, high]) values[this.#newest] = Number.NaN;
  }

  /** @param {number} at */
  #bucket(at) {
    return Math.floor((at - this.from) / this.step);
  }

  /** A hidden tab's timers are slow: while the feed is live, an unchanged figure has stayed what it was. @param {number} passed @param {boolean} known */
  #advance(passed, known) {
    const next = this.#newest + passed;
    const drop = Math.max(0, next - this.count + 1);
    for (const { low, middle, high } of this.#bands.values()) {
      const last = known && passed > 1 ? middle[this.#newest] ?? Number.NaN : Number.NaN;
      for (const values of [low, middle, high]) {
        if (drop > 0) values.copyWithin(0, drop);
        values.fill(last, Math.max(0, this.#newest + 1 - drop), next - drop);
        values.fill(Number.NaN, next - drop);
      }
    }
    this.from += drop * this.step;
    this.#newest = next - drop;
    this.#noted = 0;
  }

  /** @param {Band} band @param {number | undefined} value */
  #add({ low, middle, high }, value) {
    if (value === undefined) return;
    const at = this.#newest;
    const before = middle[at] ?? Number.NaN;
    const isFirst = Number.isNaN(before);
    low[at] = isFirst ? value : Math.min(low[at] ?? value, value);
    high[at] = isFirst ? value : Math.max(high[at] ?? value, value);
    middle[at] = isFirst ? value : before + (value - before) / this.#noted;
  }
}
