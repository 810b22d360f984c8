/**
 * Which board the page's address names, behind "#": {@code #/boards/NAME}, or {@code #/boards/SOURCE/NAME} for one of another
 * machine. Each board has one address.
 * @typedef {string} BoardId as the server writes it
 */

/** The board of this machine, where the address names none. Its kind is called the same. */
export const HOME = "host";
/** The board that tells which boards there are. */
export const DIRECTORY = "boards";
/** The board that lists all machines. */
export const FLEET = "fleet";
/** The board that judges the others of its machine. */
export const ALERTS = "alerts";

const PART = "[a-z][a-z0-9-]{0,63}";
const ADDRESS = new RegExp(`^#/boards/(${PART}(?:/${PART})?)/?$`);

/** @param {string} hash @returns {BoardId | undefined} undefined if it names none */
export function boardOf(hash) {
  return ADDRESS.exec(hash)?.[1];
}

/** @param {BoardId} board */
export const addressOf = (board) => board === HOME ? "#" : `#/boards/${board}`;

/** The machine that it comes from; "" for this one. @param {BoardId} board */
export const sourceOf = (board) => board.slice(0, Math.max(0, board.indexOf("/")));

/** Whether it comes from another machine, which shows here how it stands, and the rest on its own page. @param {BoardId} board */
export const isOfAnother = (board) => sourceOf(board) !== "";

/** Another board of the same machine. @param {BoardId} board @param {string} name @returns {BoardId} */
export const beside = (board, name) => board.slice(0, board.indexOf("/") + 1) + name;

/** The machine that it comes from, as far as its name is known without asking. @param {BoardId} board */
export const machineOf = (board) => sourceOf(board) || location.hostname;
