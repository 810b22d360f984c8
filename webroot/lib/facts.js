import { request } from "./api.js";

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
  #board;

  /** @param {string} board */
  constructor(board) {
    this.#board = board;
  }

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
    /** @type {HostFacts} */
    let facts;
    try {
      facts = await request(`api/boards/${this.#board}/facts`);
    } catch {
      setTimeout(() => this.#again(epoch), AGAIN_AFTER_MS);
      return;
    }
    this.current = facts;
    for (const listener of this.#listeners) listener(facts);
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
