import { DIRECTORY, HOME, sourceOf } from "./board-address.js";
import { own } from "./merge-patch.js";
import { byName } from "./rows.js";

/**
 * @typedef {import("./board-address.js").BoardId} BoardId
 * @typedef {import("./directory.js").Info} Info
 * @typedef {{ source: string, main: BoardId | undefined, boards: BoardId[] }} Machine main: the board of the machine itself, which comes first
 */

/** From more machines on, the list of machines is the way to them. */
const MOST = 12;

/**
 * Those to link to: all, or where they are too many this one and the one that is shown.
 * @param {Machine[]} machines
 * @param {BoardId} current
 */
export function few(machines, current) {
  return machines.length <= MOST ? machines : machines.filter(({ source }) => source === "" || source === sourceOf(current));
}

/**
 * The boards that there are, by the machines that they come from: this one first. Boards that another one's page shows are left out.
 * @param {Record<BoardId, Info>} boards
 * @param {(kind: string) => string | undefined} shownWithin the kind whose page shows boards of this kind, too
 * @returns {Machine[]}
 */
export function machinesOf(boards, shownWithin) {
  /** @type {Map<string, BoardId[]>} */
  const bySource = new Map();
  for (const board of Object.keys(boards).filter((each) => each !== DIRECTORY).sort(byName)) {
    const source = sourceOf(board);
    bySource.set(source, [...bySource.get(source) ?? [], board]);
  }
  const kindOf = (/** @type {BoardId} */ board) => own(boards, board)?.kind ?? "";
  return [...bySource].sort(([a], [b]) => byName(a, b)).map(([source, all]) => {
    const kinds = all.map(kindOf);
    const main = all[kinds.indexOf(HOME)];
    const others = all.filter((board) => board !== main && !kinds.includes(shownWithin(kindOf(board)) ?? ""));
    return { source, main, boards: main === undefined ? others : [main, ...others] };
  });
}
