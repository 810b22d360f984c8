/** The newest `capacity` numbers, oldest first. NaN stands for "not known": a gap in the line. */
export class Ring {
  #values;
  #next = 0;

  /** @param {number} capacity */
  constructor(capacity) {
    this.#values = new Float64Array(capacity).fill(Number.NaN);
  }

  get capacity() {
    return this.#values.length;
  }

  /** The newest number. */
  get last() {
    return this.at(this.capacity - 1);
  }

  /**
   * Adds a number, and forgets the oldest.
   * @param {number} value
   * @param {number} [times]
   */
  push(value, times = 1) {
    for (let left = Math.min(times, this.capacity); left > 0; left--) {
      this.#values[this.#next] = value;
      this.#next = (this.#next + 1) % this.capacity;
    }
  }

  /** @param {number} index 0 is the oldest @returns {number} */
  at(index) {
    return this.#values[(this.#next + index) % this.capacity] ?? Number.NaN;
  }

  /** Puts a number where nothing is known, and nowhere else. @param {number} index 0 is the oldest @param {number} value */
  mend(index, value) {
    const at = (this.#next + index) % this.capacity;
    if (Number.isNaN(this.#values[at])) this.#values[at] = value;
  }

  /**
   * Writes the whole ring into an array that the caller keeps, because a chart wants null where nothing is known.
   * @param {(number | null)[]} target
   */
  copyTo(target) {
    for (let index = 0; index < this.capacity; index++) {
      const value = this.at(index);
      target[index] = Number.isNaN(value) ? null : value;
    }
  }

  /** Lowest and highest known number, NaN if there is none. */
  range() {
    let low = Number.NaN;
    let high = Number.NaN;
    for (const value of this.#values) {
      if (!(value >= low)) low = Number.isNaN(value) ? low : value;
      if (!(value <= high)) high = Number.isNaN(value) ? high : value;
    }
    return { low, high };
  }
}
