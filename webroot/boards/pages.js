import { HOME } from "../lib/board-address.js";

/**
 * The page of each kind of board, loaded when one is opened. A board says of itself of which kind it is: that is looked up here, and
 * never becomes part of a path.
 * @type {Record<string, () => Promise<{ mount: import("../views/board.js").Mount }>>}
 */
const PAGES = {
  host: () => import("./host/board.js"),
  alerts: () => import("./alerts/board.js"),
  s3: () => import("./s3/board.js"),
  fleet: () => import("./fleet/board.js"),
  uploads: () => import("./uploads/board.js"),
  lab: () => import("./lab/board.js"),
  consensus: () => import("./consensus/board.js"),
  sync: () => import("./sync/board.js"),
};

/** Kinds that are shown within the page of another kind of their machine. @type {Record<string, string>} */
const WITHIN = { processes: HOME };

/** @param {string} kind @returns {Promise<{ mount: import("../views/board.js").Mount }>} */
export function pageOf(kind) {
  const load = Object.hasOwn(PAGES, kind) ? PAGES[kind] : undefined;
  return load ? load() : import("./tree/board.js");
}

/** The kind whose page shows boards of this kind, too. @param {string} kind @returns {string | undefined} */
export function shownWithin(kind) {
  return Object.hasOwn(WITHIN, kind) ? WITHIN[kind] : undefined;
}
