import { address, request } from "./api.js";
import { own } from "./merge-patch.js";
import { countSeries, isPattern, keysOf, together } from "./series-name.js";

/**
 * @typedef {import("./live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./history.js").Line} Line
 * @typedef {{ from: number | string, to: number | string }} Between as the server takes it: Unix ms, "-90s", "now"
 */

const FEWEST = 121;
const MOST = 1_000;
/** The server answers some more at once: hosts have some series that this page does not know of. */
const MOST_IN_ALL = 150_000;
/** A year's figures of a busy machine take a second; what takes longer has failed. */
const LONGEST_MS = 20_000;

/** One request for all lines. @param {LiveFeed} feed @param {Line[]} lines @param {Between} between @param {AbortSignal} signal @returns {Promise<import("./documents.js").Answer>} */
export async function askHistory(feed, lines, between, signal) {
  const late = new AbortController();
  const give = () => late.abort();
  const timer = setTimeout(give, LONGEST_MS);
  signal.addEventListener("abort", give);
  try {
    return await request(`api/boards/${feed.board}/history?${query(feed, lines, between)}`, { signal: late.signal });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", give);
  }
}

/** The same figures, for a spreadsheet. @param {LiveFeed} feed @param {Between} between */
export function csvAddress(feed, between) {
  return address(`api/boards/${feed.board}/history.csv?${query(feed, feed.history.rings.lines, between)}`).href;
}

/** @param {LiveFeed} feed @param {Line[]} lines @param {Between} between */
function query(feed, lines, { from, to }) {
  const names = [...new Set(lines.flatMap((line) => line.names))].filter((name) => isThere(feed.state, name));
  const points = Math.min(widest(), Math.floor(MOST_IN_ALL / Math.max(1, countSeries(feed.state, names))));
  return new URLSearchParams({ series: together(names).join(","), from: String(from), to: String(to), points: String(Math.max(FEWEST, points)) });
}

/** A plain name of something that this host never had would be refused. @param {any} state @param {string} name */
function isThere(state, name) {
  if (isPattern(name)) return true;
  return keysOf(name).reduce((branch, key) => own(branch, key), state) !== undefined;
}

/** As many as the widest line has pixels: more could not be seen. */
function widest() {
  const widths = [...document.querySelectorAll(".chart")].map((chart) => chart.clientWidth);
  return Math.min(MOST, Math.max(...widths));
}
