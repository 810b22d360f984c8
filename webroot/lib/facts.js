import { hostFacts } from "./api.js";

/** @typedef {import("./state.js").HostFacts} HostFacts */

const AGAIN_AFTER_MS = 5_000;

/** What stays the same while the server runs: asked for once, and again when another server process has taken over. */
export class Facts {
  /** @type {HostFacts | undefined} */
  current;
  /** @type {Set<(facts: HostFacts) => void>} */
  #listeners = new Set();
  /** @type {string | undefined} the server process that they are from */
  #epoch;

  /** Calls back now if the facts are known, and whenever they are new. @param {(facts: HostFacts) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    if (this.current) listener(this.current);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {string | undefined} epoch */
  async want(epoch) {
    if (epoch === undefined || epoch === this.#epoch) return;
    this.#epoch = epoch;
    try {
      this.current = await hostFacts();
    } catch {
      setTimeout(() => this.#again(epoch), AGAIN_AFTER_MS);
      return;
    }
    for (const listener of this.#listeners) listener(this.current);
  }

  /** Asks no more. */
  end() {
    this.#epoch = undefined;
  }

  /** @param {string} epoch */
  #again(epoch) {
    if (epoch !== this.#epoch) return;
    this.#epoch = undefined;
    void this.want(epoch);
  }
}
