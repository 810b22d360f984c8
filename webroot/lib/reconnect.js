/**
 * When and how to try again: arithmetic only.
 * @typedef {"WebSocket" | "XHR"} Kind
 */

/** A proxy that swallows the upgrade answers nothing at all: then the next try must come soon. */
export const OPEN_WITHIN_MS = 4_000;
/** Whoever has heard nothing of a board for so long does not know its state: a heartbeat comes each 5 s, and 2 s are for the way. */
export const STALE_AFTER_MS = 7_000;
/** The server says something at least each 5 s. */
export const SILENT_AT_MOST_MS = 15_000;
/** Part of the time that a server which is back waits for the page. */
export const TICK_MS = 250;
/** The server drops whoever has not pinged for 150 s; hidden tabs have timers once a minute only. */
export const PING_EVERY_MS = 25_000;

const FIRST_MS = 500;
/** A server that is back has the page back within 3 s, however long it was away. */
const LONGEST_MS = 1_000;
const WEBSOCKET_TRIES = 2;

/**
 * How long to wait after so many failures in a row. Random, so that a thousand pages do not come back at once.
 * @param {number} failures 1 or more
 * @param {number} random 0 to 1
 */
export function backOff(failures, random) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return longest * (0.5 + random / 2);
}

/**
 * What has worked before is kept. Until then: WebSocket twice, then plain HTTP once, and around again, because the
 * server may go down between asking and opening.
 * @param {number} links made in vain so far
 * @param {Kind | undefined} proven
 * @returns {Kind}
 */
export function transportFor(links, proven) {
  if (proven) return proven;
  return links % (WEBSOCKET_TRIES + 1) < WEBSOCKET_TRIES ? "WebSocket" : "XHR";
}

/** What is known of the tries so far. */
export class Tries {
  #failures = 0;
  #links = 0;
  /** @type {Kind | undefined} */
  #proven;

  /** Whether anything has gone wrong since something was last heard. */
  get failed() {
    return this.#failures > 0;
  }

  /** A link is about to be made. @returns {Kind} what it shall be */
  link() {
    return transportFor(this.#links++, this.#proven);
  }

  /** @param {Kind} kind */
  opened(kind) {
    this.#proven = kind;
  }

  heard() {
    this.#failures = 0;
    this.#links = 0;
  }

  /** @param {number} random 0 to 1 @returns {number} milliseconds until the next try */
  lost(random) {
    return backOff(++this.#failures, random);
  }
}
