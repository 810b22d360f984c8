import { own } from "../../lib/merge-patch.js";

/**
 * @typedef {import("../../lib/state.js").Process} Process
 * @typedef {"cpuPercent" | "residentBytes"} Column
 */

/** What is not known whole yet is not shown: nobody can tell what it is. @param {Process | undefined} one */
function isWhole({ name, cpuPercent, residentBytes } = {}) {
  return Boolean(name) && cpuPercent !== undefined && residentBytes !== undefined;
}

/**
 * The ids of the first few that are whole, largest first; equal ones by memory, then by id, so that they do not swap places.
 * @param {Record<string, Process>} processes
 * @param {Column} column
 * @param {number} count
 */
export function top(processes, column, count) {
  const value = (/** @type {string} */ id, /** @type {Column} */ key) => own(processes, id)?.[key] ?? 0;
  const by = (/** @type {Column} */ key) => (/** @type {string} */ a, /** @type {string} */ b) => value(b, key) - value(a, key);
  const order = [by(column), by("residentBytes"), (/** @type {string} */ a, /** @type {string} */ b) => Number(a) - Number(b)];
  const compare = (/** @type {string} */ a, /** @type {string} */ b) => order.reduce((found, next) => found || next(a, b), 0);
  return Object.keys(processes).filter((id) => isWhole(own(processes, id))).sort(compare).slice(0, count);
}
