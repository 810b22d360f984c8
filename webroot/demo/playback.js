import { mergePatch } from "../lib/merge-patch.js";

/**
 * @typedef {{ milliseconds: number, boards: Record<string, { state: any, changes: { at: number, patch: any }[] }>, events: any[] }} Recording
 */

/** Plays what was recorded, from the start again when it has ended. */
export class Playback {
  /** The boards as they are at this moment of the recording. @type {Record<string, any>} */
  states = {};
  #recording;
  #at = 0;

  /** @param {Recording} recording */
  constructor(recording) {
    this.#recording = recording;
    this.seek(0);
  }

  /** @param {number} milliseconds of the recording */
  seek(milliseconds) {
    this.#at = milliseconds % this.#recording.milliseconds;
    for (const [name, { state, changes }] of Object.entries(this.#recording.boards)) {
      this.states[name] = changes.filter(({ at }) => at <= this.#at).reduce((all, { patch }) => mergePatch(all, patch), state);
    }
  }

  /** @param {number} milliseconds */
  forward(milliseconds) {
    this.seek(this.#at + milliseconds);
  }
}
