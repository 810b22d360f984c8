/**
 * Which board the page's address names, behind "#": {@code #/boards/NAME} or {@code #/boards/SOURCE/NAME}.
 * @typedef {string} BoardId as the server writes it
 */

const PART = "[a-z][a-z0-9-]*";
const ADDRESS = new RegExp(`^#/boards/(${PART}(?:/${PART})?)/?$`);

/** @param {string} hash @returns {BoardId | undefined} undefined if it names none */
export function boardOf(hash) {
  return ADDRESS.exec(hash)?.[1];
}

/** @param {BoardId} board */
export const addressOf = (board) => `#/boards/${board}`;
