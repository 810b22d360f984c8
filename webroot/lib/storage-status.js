import { request } from "./api.js";
import { bytes, day, number } from "./format.js";

/**
 * @typedef {{ ok: boolean, reason?: string, bytes?: number, mostBytes?: number, series?: number, mostSeries?: number,
 *   since?: number, days?: number }} Answer what the server says of its history on disk
 */

/** Until then it is as it was: it changes slowly. */
const FRESH_MS = 60_000;
/** What the server has in memory, whatever there is on disk. */
const RECENT_MS = 900_000;

/** Whether the server keeps a history, since when, and how large it is. Asked for only where somebody wants to know. */
export class Kept {
  /** @type {Promise<Answer> | undefined} */
  #answer;
  #askedAt = 0;
  #board;

  /** @param {string} board */
  constructor(board) {
    this.#board = board;
  }

  /** @param {number} now by clock.js @returns {Promise<Answer>} */
  ask(now) {
    if (this.#answer && now - this.#askedAt < FRESH_MS) return this.#answer;
    this.#askedAt = now;
    this.#answer = request(`api/boards/${this.#board}/series`).then((answer) => answer.kept);
    this.#answer.catch(() => {
      this.#answer = undefined;
    });
    return this.#answer;
  }
}

/** @param {Answer} answer */
export function inWords({ ok, reason, bytes: size, mostBytes, series, mostSeries, since, days }) {
  if (!ok) return `The last 15 minutes are all there is: more is n/a, because ${reason ?? "the server keeps no history"}.`;
  const parts = [
    since !== undefined && `Kept since ${day(since)}.`,
    days !== undefined && `Figures are forgotten after ${number(days)} days.`,
    size !== undefined && `${bytes(size)}${mostBytes === undefined ? "" : ` of at most ${bytes(mostBytes)}`} on the server's disk.`,
    series !== undefined && mostSeries !== undefined && `${number(series)} of at most ${number(mostSeries)} series.`,
  ];
  return parts.filter(Boolean).join(" ");
}

/** What somebody has to know who looks so far back, or "". @param {Answer} answer @param {number} from Unix ms @param {number} now */
export function caution({ ok, reason, since }, from, now) {
  if (from >= now - RECENT_MS - 60_000) return "";
  if (!ok) return inWords({ ok, reason });
  return since !== undefined && from < since ? `Kept since ${day(since)}.` : "";
}
