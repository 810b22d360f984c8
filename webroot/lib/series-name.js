import { own } from "./merge-patch.js";

/** A series is named by the path of its keys. Keys are chosen by others, so what has a meaning in a list of names is escaped. */

const SPECIAL = /[%,.*]/g;
const ESCAPED = /%(25|2C|2E|2A)/g;

/** Stands for every key; a key of that text is something else. */
export const ANY = Symbol("any key");
const STAR = "*";

/** @param {...(string | typeof ANY)} keys */
export function seriesName(...keys) {
  return keys.map((key) => typeof key === "string" ? escaped(key) : STAR).join(".");
}

/** Whether it stands for more than one series. @param {string} name */
export function isPattern(name) {
  return name.split(".").includes(STAR);
}

/** @param {string} key */
function escaped(key) {
  return key.replace(SPECIAL, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** @param {string} name @returns {string[]} */
export function keysOf(name) {
  return name.split(".").map((key) => key.replace(ESCAPED, (_, code) => String.fromCharCode(parseInt(code, 16))));
}

/** How many series these stand for on this host, about. @param {any} state the live document @param {string[]} names */
export function countSeries(state, names) {
  const counts = names.map((name) => {
    const branch = isPattern(name) ? name.slice(0, name.indexOf(STAR) - 1).split(".").reduce((part, key) => own(part, key), state) : undefined;
    return branch === undefined ? 1 : Object.keys(branch).length;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The longest list of names in one address: servers take some 4 KiB in all, and an escaped key is longer there. */
const LONGEST = 2_500;

/**
 * Each name once; where there are too many for one request, rows of the same kind are asked for together.
 * @param {string[]} names
 * @returns {string[]}
 */
export function together(names) {
  const once = [...new Set(names)].sort();
  if (encodeURIComponent(once.join(",")).length <= LONGEST) return once;
  return [...new Set(once.map((name) => {
    const keys = name.split(".");
    return keys.length < 3 ? name : [keys[0], STAR, keys.at(-1)].join(".");
  }))];
}
