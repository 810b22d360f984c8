import { own } from "../../lib/merge-patch.js";
import { byName } from "../../lib/rows.js";

/**
 * @typedef {import("../../lib/state.js").Process} Process
 * @typedef {"list" | "tree" | "groups"} View
 * @typedef {{ column: string, isDown: boolean }} Order
 * @typedef {object} Row one line of the table: a process, or several together
 * @property {string} key
 * @property {string} id what stands in the last column
 * @property {Process} process of several: their sums
 * @property {number} depth in the tree
 */

/** What each column is sorted by; numbers have their largest first. @type {Record<string, (row: Row) => string | number | undefined>} */
export const VALUES = {
  name: ({ process }) => `${process.name} ${process.program ?? ""}`,
  belongs: ({ process }) => belongsTo(process) || undefined,
  user: ({ process }) => process.user,
  state: ({ process }) => process.state,
  threadCount: ({ process }) => process.threadCount,
  cpuPercent: ({ process }) => process.cpuPercent,
  residentBytes: ({ process }) => process.residentBytes,
  disk: ({ process }) => diskOf(process),
  id: ({ id }) => Number(id),
};

/** Its container, else its unit. @param {Process} process */
export function belongsTo({ container, unit }) {
  return container && unit ? `${container} · ${unit}` : container ?? unit ?? "";
}

/** What it reads from disks and writes to them, bytes per second. @param {Process} process */
export function diskOf({ diskReadBytesPerSecond: read, diskWrittenBytesPerSecond: written }) {
  return read === undefined && written === undefined ? undefined : (read ?? 0) + (written ?? 0);
}

/** What is not known whole yet is not shown: nobody can tell what it is. @param {Process | undefined} one */
function isWhole({ name, cpuPercent, residentBytes } = {}) {
  return Boolean(name) && cpuPercent !== undefined && residentBytes !== undefined;
}

/**
 * The rows of a view, in order.
 * @param {Record<string, Process>} processes
 * @param {View} view
 * @param {Order} order
 * @param {string} wanted words that are all to be found in a row
 * @returns {Row[]}
 */
export function rowsOf(processes, view, order, wanted = "") {
  const whole = Object.keys(processes).filter((id) => isWhole(own(processes, id)))
    .map((id) => ({ key: id, id, process: /** @type {Process} */ (processes[id]), depth: 0 }));
  const isWanted = matches(wanted);
  if (view === "tree") return tree(whole, order, isWanted);
  const rows = whole.filter(isWanted);
  return (view === "groups" ? grouped(rows) : rows).sort(by(order));
}

/** @param {string} wanted @returns {(row: Row) => boolean} */
function matches(wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ id, process: { name, program, unit, container, user, state } }) => {
    const text = [id, name, program, unit, container, user, state].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** What is not known is last either way; equal ones by memory, then by their number, so that they do not swap places. @param {Order} order @returns {(a: Row, b: Row) => number} */
function by({ column, isDown }) {
  const value = VALUES[column] ?? (() => undefined);
  return (a, b) => compare(value(a), value(b), isDown) || compare(a.process.residentBytes, b.process.residentBytes, true) || byName(a.key, b.key);
}

/** @param {string | number | undefined} a @param {string | number | undefined} b @param {boolean} isDown */
function compare(a, b, isDown) {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const up = typeof a === "number" && typeof b === "number" ? a - b : byName(String(a), String(b));
  return isDown ? -up : up;
}

/** Each below what it belongs to, and first what has the first in it; of what is not wanted only what leads there. @param {Row[]} rows @param {Order} order @param {(row: Row) => boolean} isWanted */
function tree(rows, order, isWanted) {
  const all = new Map(rows.map((row) => [row.key, row]));
  /** @type {Map<string | undefined, Row[]>} */
  const below = new Map();
  const sorted = [...rows].sort(by(order));
  const places = new Map(sorted.map(({ key }, index) => [key, index]));
  for (const row of sorted) {
    const parent = String(row.process.parent);
    const key = all.has(parent) && parent !== row.key ? parent : undefined;
    below.set(key, [...below.get(key) ?? [], row]);
  }
  const first = (/** @type {Row[]} */ branch) => Math.min(...branch.map(({ key }) => places.get(key) ?? 0));
  /** @param {string | undefined} key @param {number} depth @returns {Row[]} */
  const walk = (key, depth) => (below.get(key) ?? []).map((row) => {
    const inside = walk(row.key, depth + 1);
    return inside.length > 0 || isWanted(row) ? [{ ...row, depth }, ...inside] : [];
  }).sort((a, b) => first(a) - first(b)).flat();
  return walk(undefined, 0);
}

/** @param {Row[]} rows @returns {Row[]} one for each container, else unit, else program or name */
function grouped(rows) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows) {
    const { process: { container, unit, program, name } } = row;
    const key = container ?? unit ?? program ?? name ?? "";
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  return [...groups].map(([key, members]) => ({ key, id: String(members.length), process: together(key, members), depth: 0 }));
}

const SUMS = /** @type {const} */ (["cpuPercent", "residentBytes", "threadCount", "diskReadBytesPerSecond", "diskWrittenBytesPerSecond"]);

/** @param {string} name @param {Row[]} members @returns {Process} */
function together(name, members) {
  /** @type {Process} */
  const sum = { name, program: [...new Set(members.map(({ process }) => process.program ?? process.name))].filter((one) => one !== name).slice(0, 4).join(", ") };
  for (const key of SUMS) {
    const known = members.map(({ process }) => process[key]).filter((value) => value !== undefined);
    if (known.length > 0) sum[key] = known.reduce((a, b) => a + b, 0);
  }
  return sum;
}
