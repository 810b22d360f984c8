import { mergePatch } from "./merge-patch.js";

/**
 * @typedef {{ epoch: string, seq: number, at: number, patch: unknown }} Change
 * @typedef {{ epoch: string, seq: number, at: number, state: any }} Snapshot
 * @typedef {"applied" | "held" | "dropped" | "ask"} Outcome "ask": a snapshot has to be asked for
 */

/** Far more than arrive during one request. If it overflows, the hole is noticed and healed like any other. */
const HELD_AT_MOST = 256;

/**
 * A copy of one board, kept equal to the server's by numbered changes. It knows nothing of sockets or time:
 * feed it what arrives, and ask for a snapshot whenever it says so.
 */
export class Replica {
  /** @type {any} undefined until the first snapshot */
  state = undefined;
  /** @type {string | undefined} */
  epoch = undefined;
  seq = 0;
  /** Server time of the newest change, Unix ms. */
  at = 0;
  /** True while a snapshot is on its way and changes are only kept. */
  waiting = true;
  /** @type {Change[]} */
  #held = [];

  /** Call when the subscription is new: what came before may have holes. @returns {Outcome} */
  restart() {
    this.#held = [];
    this.waiting = true;
    return "ask";
  }

  /** @param {Change} change @returns {Outcome} */
  change(change) {
    if (this.waiting) return this.#hold(change);
    if (change.epoch === this.epoch && change.seq <= this.seq) return "dropped";
    if (change.epoch === this.epoch && change.seq === this.seq + 1) return this.#apply(change);
    this.waiting = true;
    this.#hold(change);
    return "ask";
  }

  /** @param {Snapshot} snapshot @returns {Outcome} */
  snapshot(snapshot) {
    if (!this.waiting) return "dropped";
    this.state = snapshot.state;
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    this.at = snapshot.at;
    this.waiting = false;
    return this.#replay();
  }

  /**
   * Changes of another epoch are forgotten here: if that epoch is the newer one, its next change, at most one
   * heartbeat away, asks again.
   * @returns {Outcome}
   */
  #replay() {
    const held = this.#held.filter((change) => change.epoch === this.epoch).sort((a, b) => a.seq - b.seq);
    this.#held = [];
    /** @type {Outcome} */
    let outcome = "applied";
    for (const change of held) {
      if (this.change(change) === "ask") outcome = "ask";
    }
    return outcome;
  }

  /** @param {Change} change @returns {Outcome} */
  #hold(change) {
    this.#held.push(change);
    if (this.#held.length > HELD_AT_MOST) this.#held.shift();
    return "held";
  }

  /** @param {Change} change @returns {Outcome} */
  #apply(change) {
    this.state = mergePatch(this.state, change.patch);
    this.seq = change.seq;
    this.at = change.at;
    return "applied";
  }
}
