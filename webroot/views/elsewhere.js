import { addressOf, beside, HOME, sourceOf } from "../lib/board-address.js";
import { h } from "../lib/dom.js";
import { isPage, machineRow } from "../lib/machine.js";

const LEAST_MS = 3_000;
const MOST_MS = 60_000;

/**
 * Above a board of another machine: which one that is, and where that has its own page, on which things are done. Nothing above one of this machine.
 * @param {HTMLElement} element
 * @param {string} board
 * @param {import("../lib/directory.js").Directory} directory
 */
export function createElsewhere(element, board, directory) {
  const source = sourceOf(board);
  if (source === "") return () => {};
  const note = h("p", { class: "elsewhere" });
  element.append(note);
  let isOver = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** A machine that has only just linked says so a little later. @param {number} againAfter ms */
  const ask = async (againAfter) => {
    const machine = await machineRow(source);
    if (isOver) return;
    note.replaceChildren(...sentence(board, machine ?? {}, directory));
    if (!isPage(machine?.page)) timer = setTimeout(() => void ask(Math.min(2 * againAfter, MOST_MS)), againAfter);
  };
  void ask(LEAST_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
    note.remove();
  };
}

/** @param {string} board @param {import("../lib/machine.js").Machine} machine @param {import("../lib/directory.js").Directory} directory */
function sentence(board, { name = sourceOf(board), page }, directory) {
  const isHost = directory.of(board)?.kind === HOME;
  const own = isPage(page) ? h("a", { href: ownAddress(/** @type {string} */ (page), board), rel: "noopener noreferrer", text: new URL(/** @type {string} */ (page)).host }) : undefined;
  if (isHost) return own ? ["Its own page is at ", own, "."] : [];
  const from = ["From ", h("a", { href: addressOf(beside(board, HOME)), text: name }), ", read-only here. To change anything, use its own page"];
  return own ? [...from, ", at ", own, "."] : [...from, "."];
}

/** The same board there. @param {string} page @param {string} board */
function ownAddress(page, board) {
  const there = new URL(page.endsWith("/") ? page : `${page}/`);
  const name = board.slice(sourceOf(board).length + 1);
  there.hash = name === HOME ? "" : `/boards/${name}`;
  return there.href;
}
