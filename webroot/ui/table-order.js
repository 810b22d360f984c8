import { byName } from "../lib/rows.js";

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} name the heading
 * @property {string} [hint] more of it, in a title
 * @property {boolean} [isNumber] at the right, and the largest first
 * @property {boolean} [isWide] left out where there is little room
 * @property {(row: any, key: string) => string | undefined} text what the cell says; undefined: not known
 * @property {(row: any, key: string) => string | number | undefined} [value] what it is sorted by, if not by its text
 * @property {(row: any, key: string) => string | undefined} [state] shown as a badge, with the text as its word
 *
 * @typedef {{ column: string, isDown: boolean }} Order
 */

/** The keys of the rows in which all words are found, in that order; what is not known is last either way. @param {Record<string, any>} rows @param {Column[]} columns @param {Order} order @param {string} wanted */
export function arranged(rows, columns, { column, isDown }, wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = (/** @type {string} */ key) => {
    if (words.length === 0) return true;
    const text = columns.map((one) => one.text(rows[key], key) ?? "").join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const by = columns.find(({ key }) => key === column);
  const keys = Object.keys(rows).filter(isWanted);
  if (!by) return keys.sort(byName);
  const values = new Map(keys.map((key) => [key, valueOf(by, rows[key], key)]));
  return keys.sort((a, b) => compare(values.get(a), values.get(b), isDown) || byName(a, b));
}

/** @param {Column} column @param {any} row @param {string} key */
function valueOf(column, row, key) {
  return column.value ? column.value(row, key) : column.text(row, key);
}

/** @param {string | number | undefined} a @param {string | number | undefined} b @param {boolean} isDown */
function compare(a, b, isDown) {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const up = typeof a === "number" && typeof b === "number" ? a - b : byName(String(a), String(b));
  return isDown ? -up : up;
}

/** The keys that were shown stay where they are, while somebody is at one of them; those that are new come after them. @param {string[]} before @param {string[]} now */
export function held(before, now) {
  const there = new Set(now);
  const stayed = before.filter((key) => there.has(key));
  const known = new Set(stayed);
  return [...stayed, ...now.filter((key) => !known.has(key))];
}
