import { arrange } from "./dom.js";

/**
 * @typedef {{ element: HTMLElement, remove: () => void }} Row
 */

/**
 * Keeps one row per key: new keys get a row, vanished ones lose theirs, and only rows out of place are moved.
 * @param {HTMLElement} parent
 * @param {(key: string) => Row} create
 */
export function createRows(parent, create) {
  /** @type {Map<string, Row>} */
  const rows = new Map();

  /** @param {string} key */
  const drop = (key) => {
    const row = rows.get(key);
    row?.remove();
    row?.element.remove();
    rows.delete(key);
  };

  /** @param {string[]} keys in the wanted order */
  const show = (keys) => {
    const wanted = new Set(keys);
    for (const key of [...rows.keys()]) if (!wanted.has(key)) drop(key);
    for (const key of keys) if (!rows.has(key)) rows.set(key, create(key));
    arrange(parent, keys.map((key) => /** @type {Row} */ (rows.get(key)).element));
  };

  const clear = () => {
    for (const key of [...rows.keys()]) drop(key);
  };
  return { show, clear };
}

/** Human order: "eth10" after "eth9". @param {string} a @param {string} b */
export function byName(a, b) {
  return COLLATOR.compare(a, b);
}

const COLLATOR = new Intl.Collator("en", { numeric: true });
