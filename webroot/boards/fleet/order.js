import { byName } from "../../lib/rows.js";
import { filterOf } from "./filter.js";
import { rankOf } from "./words.js";

/**
 * @typedef {import("./words.js").Hosts} Hosts
 * @typedef {{ column: string, isDown: boolean }} Order column: "" is trouble first, then by name
 * @typedef {{ id: string } | { group: string, ids: string[], isFolded: boolean }} Line a machine, or the heading of a group
 */

/**
 * The ids that fit, in order; what is not known is last either way.
 * @param {Hosts} hosts @param {string} filter @param {Order} order
 * @param {string[]} [before] as they were: to sort what is nearly in order takes one look at each
 */
export function arranged(hosts, filter, { column, isDown }, before = []) {
  const fits = filterOf(filter);
  const known = new Set(before);
  const all = [...before.filter((id) => Object.hasOwn(hosts, id)), ...Object.keys(hosts).filter((id) => !known.has(id))];
  const ids = all.filter((id) => fits(id, hosts[id] ?? {}));
  const nameOf = (/** @type {string} */ id) => hosts[id]?.name ?? id;
  if (column === "") {
    const ranks = new Map(ids.map((id) => [id, rankOf(hosts[id] ?? {})]));
    return ids.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || byName(nameOf(a), nameOf(b)));
  }
  const values = new Map(ids.map((id) => [id, column === "name" ? nameOf(id) : /** @type {any} */ (hosts[id])?.[column]]));
  return ids.sort((a, b) => compare(values.get(a), values.get(b), isDown) || byName(nameOf(a), nameOf(b)));
}

/** @param {string | number | undefined} a @param {string | number | undefined} b @param {boolean} isDown */
function compare(a, b, isDown) {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const up = typeof a === "number" && typeof b === "number" ? a - b : byName(String(a), String(b));
  return isDown ? -up : up;
}

/** With a heading before each group, where there are any; a folded one hides its machines. @param {Hosts} hosts @param {string[]} ids @param {ReadonlySet<string>} folded @returns {Line[]} */
export function lines(hosts, ids, folded) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const id of ids) {
    const group = hosts[id]?.group ?? "";
    const inside = groups.get(group);
    if (inside) inside.push(id);
    else groups.set(group, [id]);
  }
  if (groups.size === 0 || (groups.size === 1 && groups.has(""))) return ids.map((id) => ({ id }));
  return [...groups].sort(([a], [b]) => byName(a, b)).flatMap(([group, inside]) => {
    const isFolded = folded.has(group);
    return [{ group, ids: inside, isFolded }, ...(isFolded ? [] : inside.map((id) => ({ id })))];
  });
}
