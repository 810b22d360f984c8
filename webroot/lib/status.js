import { duration } from "./format.js";

/** Also an upgrade is over by then; what takes longer is an outage. */
const RESTART_AT_MOST_MS = 30_000;

/**
 * The connection in words.
 * @typedef {"connecting" | "connected" | "live" | "offline" | "stale" | "restarting" | "reconnecting"} Word
 * @typedef {object} Facts
 * @property {import("./connection.js").Phase} phase
 * @property {string} reason why the last connection ended
 * @property {number} restartingAt when the server said that it restarts, by clock.js; 0 if it did not
 * @property {number} heardAt when the board was last heard of, by clock.js; 0 if never
 * @property {boolean} live
 * @property {number} [offlineFor] how long the server itself has heard nothing of the board, in ms; undefined if it hears of it
 * @property {boolean} [missing] the server is there and has no such board
 * @property {string} trouble why the last snapshot was refused
 *
 * @param {Facts} facts
 * @param {number} now by clock.js
 * @returns {{ word: Word, detail: string }}
 */
export function describe(facts, now) {
  const { phase, restartingAt, heardAt, live, offlineFor, missing, trouble } = facts;
  if (live) return { word: "live", detail: "" };
  if (now - restartingAt <= RESTART_AT_MOST_MS) return { word: "restarting", detail: `for ${duration(now - restartingAt)}` };
  if (phase === "open" && offlineFor !== undefined) return { word: "offline", detail: `for ${duration(offlineFor)}` };
  if (phase === "open" && missing) return { word: "connected", detail: "there is no such board" };
  if (phase === "open" && heardAt > 0) return { word: "stale", detail: age(facts, now, "the server sends nothing") };
  if (phase === "open") return { word: "connecting", detail: trouble };
  // The same words while it waits and while it tries, which alternate each second.
  return { word: heardAt > 0 ? "reconnecting" : "connecting", detail: stale(facts, now) };
}

/** @param {Facts} facts @param {number} now @param {string} why */
function age({ heardAt }, now, why) {
  return `for ${duration(now - heardAt)}${why ? `: ${why}` : ""}`;
}

/** @param {Facts} facts @param {number} now */
function stale(facts, now) {
  return facts.heardAt > 0 ? `stale ${age(facts, now, facts.reason)}` : facts.reason;
}
