import { recall, remember } from "../../lib/dom.js";
import { bytesPerSecond, withUnit } from "../../lib/format.js";
import { roundUp, roundUpBytes } from "../../lib/scale.js";

const BITS_PER_BYTE = 8;
const KEY = "network.unit";

/** Whether this browser shows traffic in bits or in bytes. Links are sold in bits, files are counted in bytes. */
export class RateUnit {
  isBits = recall(KEY, "bytes") === "bits";
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {number} value bytes per second */
  text = (value) => (this.isBits ? withUnit(value * BITS_PER_BYTE, "bit/s") : bytesPerSecond(value));

  /** Where a scale ends. @param {number} value bytes per second */
  roof = (value) => (this.isBits ? roundUp(value * BITS_PER_BYTE) / BITS_PER_BYTE : roundUpBytes(value));

  change() {
    this.isBits = !this.isBits;
    remember(KEY, this.isBits ? "bits" : "bytes");
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls back when it is the other one. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** How much of a link its busier direction takes. @param {import("../../lib/state.js").NetworkInterface} link @returns {number | undefined} percent, where its speed is known */
export function usedPercent({ speedBitsPerSecond, receivedBytesPerSecond, sentBytesPerSecond }) {
  const most = Math.max(receivedBytesPerSecond ?? -1, sentBytesPerSecond ?? -1);
  return !speedBitsPerSecond || most < 0 ? undefined : Math.min(100, most * BITS_PER_BYTE / speedBitsPerSecond * 100);
}
