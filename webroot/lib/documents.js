import { keysOf } from "./series-name.js";

/**
 * @typedef {"min" | "average" | "max"} Kind
 * @typedef {Record<Kind, (number | null)[]>} Column
 * @typedef {{ from: number, to: number, stepMilliseconds: number, series: Record<string, Column> }} Answer
 * @typedef {(state: any) => number | undefined} Read
 */

/**
 * What a reader of the live document says of each bucket of an answer. So that a card need not say twice how a line comes
 * from the figures, the document of each bucket is put together again.
 * @param {Answer["series"]} series
 * @param {Kind} kind
 * @param {Read[]} reads
 * @param {number} count buckets
 * @returns {Float64Array[]} for each reader, NaN where it finds nothing
 */
export function readBuckets(series, kind, reads, count) {
  const { root, leaves } = plant(series, kind);
  const found = reads.map(() => new Float64Array(count).fill(Number.NaN));
  for (let bucket = 0; bucket < count; bucket++) {
    for (const { branch, key, values } of leaves) branch[key] = values[bucket] ?? undefined;
    reads.forEach((read, index) => {
      const values = /** @type {Float64Array} */ (found[index]);
      values[bucket] = read(root) ?? Number.NaN;
    });
  }
  return found;
}

/** The document with one leaf per series. @param {Answer["series"]} series @param {Kind} kind */
function plant(series, kind) {
  const root = Object.create(null);
  const leaves = Object.entries(series).map(([name, column]) => {
    const keys = keysOf(name);
    const key = keys.pop() ?? "";
    let branch = root;
    for (const each of keys) branch = branch[each] ??= Object.create(null);
    return { branch, key, values: column[kind] ?? [] };
  });
  return { root, leaves };
}
