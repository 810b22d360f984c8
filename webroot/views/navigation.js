import { addressOf, HOME } from "../lib/board-address.js";
import { h, setAttribute, setHidden, setText } from "../lib/dom.js";
import { inFrame } from "../lib/frame.js";
import { isOffline } from "../lib/health.js";
import { few, machinesOf } from "../lib/machines.js";
import { createRows } from "../lib/rows.js";

/**
 * @typedef {import("../lib/board-address.js").BoardId} BoardId
 * @typedef {import("../lib/directory.js").Directory} Directory
 * @typedef {import("../lib/machines.js").Machine} Machine
 * @typedef {{ element: HTMLElement, show: (text: string, isCurrent: boolean) => void }} Link
 */

const THIS_MACHINE = "This machine";
/** Goes along with the figures of the page, which come each second. */
const PATIENCE_MS = 1_000;

/**
 * Links to all boards that there are for whoever looks, by machine. Where that is this machine's page alone, there is no navigation; as long
 * as that is not known there is room for it, so that nothing moves when it comes.
 * @param {HTMLElement} header
 * @param {Directory} directory
 * @param {(kind: string) => string | undefined} shownWithin the kind whose page shows boards of this kind, too
 */
export function createNavigation(header, directory, shownWithin) {
  const list = h("ul", { class: "machines" });
  const nav = h("nav", { class: "boards", "aria-label": "Boards" }, list);
  header.after(nav);
  /** @type {BoardId} */
  let current = HOME;
  /** What has been brought into sight. @type {BoardId | undefined} */
  let inSight;
  let patience = 0;
  /** @type {Map<string, (machine: Machine) => void>} */
  const shows = new Map();
  const rows = createRows(list, (source) => {
    const { element, show } = createMachine(source, directory, () => current);
    shows.set(source, show);
    return { element, remove: () => shows.delete(source) };
  });
  const show = () => {
    if (directory.boards === undefined) return;
    patience = PATIENCE_MS;
    const machines = few(machinesOf(directory.boards, shownWithin), current);
    rows.show(machines.map(({ source }) => source));
    for (const machine of machines) shows.get(machine.source)?.(machine);
    setHidden(nav, current === HOME && machines.every(({ boards }) => boards.every((board) => board === HOME)));
    const link = nav.querySelector("[aria-current]");
    if (inSight === current || !(link instanceof HTMLElement)) return;
    inSight = current;
    list.scrollLeft = link.offsetLeft - list.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
  };
  const stop = directory.listen(() => inFrame(show, patience));
  /** Marks the board that is shown. @param {BoardId} board */
  const mark = (board) => {
    current = board;
    show();
  };
  const remove = () => {
    stop();
    rows.clear();
    nav.remove();
  };
  return { mark, remove };
}

/** @param {string} source @param {Directory} directory @param {() => BoardId} current */
function createMachine(source, directory, current) {
  const text = source || THIS_MACHINE;
  const name = h("span", { class: "machine", text });
  const list = h("ul", { "aria-label": text });
  const element = h("li", {}, name, list);
  /** @type {Map<BoardId, Link>} */
  const links = new Map();
  const rows = createRows(list, (board) => {
    const link = createLink(board, directory);
    links.set(board, link);
    return { element: h("li", {}, link.element), remove: () => links.delete(board) };
  });
  const show = (/** @type {Machine} */ { main, boards }) => {
    setHidden(name, main !== undefined); // Its link says the same.
    rows.show(boards);
    for (const board of boards) links.get(board)?.show(board === main ? text : directory.of(board)?.title ?? board, board === current());
  };
  return { element, show };
}

/** @param {BoardId} board @param {Directory} directory @returns {Link} */
function createLink(board, directory) {
  const name = h("span");
  const mark = h("span", { class: "offline-mark" });
  const element = h("a", { href: addressOf(board) }, name, " ", mark);
  /** @type {Link["show"]} */
  const show = (text, isCurrent) => {
    setText(name, text);
    setText(mark, isOffline(directory.of(board)?.health) ? "offline" : "");
    setAttribute(element, "aria-current", isCurrent ? "page" : undefined);
  };
  return { element, show };
}
