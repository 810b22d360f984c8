/** A series is named by the path of its keys. Keys are chosen by others, so what has a meaning in a list of names is escaped. */

const SPECIAL = /[%,.*]/g;
const ESCAPED = /%(25|2C|2E|2A)/g;

/** Stands for any text. */
export const ANY = "*";

/** @param {...string} keys {@link ANY} stands for every key */
export function seriesName(...keys) {
  return keys.map((key) => key === ANY ? ANY : escaped(key)).join(".");
}

/** @param {string} key */
function escaped(key) {
  return key.replace(SPECIAL, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** @param {string} name @returns {string[]} */
export function keysOf(name) {
  return name.split(".").map((key) => key.replace(ESCAPED, (_, code) => String.fromCharCode(parseInt(code, 16))));
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
    return keys.length < 3 ? name : [keys[0], ANY, keys.at(-1)].join(".");
  }))];
}
