import { own } from "./merge-patch.js";

/**
 * @typedef {import("./state.js").Process} Process
 * @typedef {"cpuPercent" | "residentBytes"} Column
 */

/**
 * The ids of the first few, largest first; equal ones by id, so that they do not swap places.
 * @param {Record<string, Process>} processes
 * @param {Column} column
 * @param {number} count
 */
export function top(processes, column, count) {
  const value = (/** @type {string} */ id) => own(processes, id)?.[column] ?? 0;
  return Object.keys(processes).sort((a, b) => value(b) - value(a) || Number(a) - Number(b)).slice(0, count);
}
