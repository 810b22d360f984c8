/**
 * When and how to try again: arithmetic only.
 * @typedef {"WebSocket" | "XHR"} Kind
 */

const FIRST_MS = 500;
/** Whoever restarts a server looks at the page meanwhile. */
const LONGEST_MS = 4_000;
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
 * What has worked before is kept. Until then: WebSocket twice, then plain HTTP once, and around again, because a
 * server that is down refuses both.
 * @param {number} failures in a row so far
 * @param {Kind | undefined} proven
 * @returns {Kind}
 */
export function transportFor(failures, proven) {
  if (proven) return proven;
  return failures % (WEBSOCKET_TRIES + 1) < WEBSOCKET_TRIES ? "WebSocket" : "XHR";
}
