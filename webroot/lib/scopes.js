import { FLEET, sourceOf } from "./board-address.js";

/** What somebody may: scopes such as "read:*" and "read:board.host". The server decides; this is to say so in words. */

const ALL = "read:*";
const ONE = "read:board.";
const GROUP = "read:group.";

/** @param {string} board @returns {string} the scope that shows this board */
export function scopeOf(board) {
  return ONE + board;
}

/** @param {readonly string[]} scopes @param {string} board */
export function mayRead(scopes, board) {
  return scopes.includes(ALL) || scopes.includes(scopeOf(board)) || scopes.some((scope) => showsMachine(scope, board));
}

/** Which machines are in a group only the server knows: it tells of no others. The list of machines is for whoever sees one. @param {string} scope @param {string} board */
function showsMachine(scope, board) {
  const source = sourceOf(board);
  if (board === FLEET) return /^read:(machine\.|group\.|board\.[^/]+\/)/.test(scope);
  return source !== "" && (scope === `read:machine.${source}` || scope.startsWith(GROUP));
}

/** Whether this board may be told to do something: one of another machine does what it is told there, and not here. @param {readonly string[]} scopes @param {string} board */
export function mayAct(scopes, board) {
  if (sourceOf(board) !== "") return false;
  return scopes.includes("act:*") || scopes.includes(`act:board.${board}`);
}

/** What a token can be made for by somebody with these scopes: nobody can hand on more. @param {readonly string[]} scopes @param {readonly string[]} boards @returns {{ scope: string, text: string }[]} */
export function offers(scopes, boards) {
  const groups = scopes.filter((scope) => scope.startsWith(GROUP)).map((scope) => ({ scope, text: `machines in ${scope.slice(GROUP.length)}` }));
  if (groups.length > 0) return groups; // Of single boards it is not known whether they stay theirs.
  const single = boards.filter((board) => mayRead(scopes, board)).map((board) => ({ scope: scopeOf(board), text: board }));
  return scopes.includes(ALL) ? [{ scope: ALL, text: "all boards" }, ...single] : single;
}

/** @param {readonly string[] | undefined} scopes undefined for all that its user may */
export function inWords(scopes) {
  if (scopes === undefined) return "all that its user may";
  const texts = scopes.map((scope) => scope === ALL ? "sees all boards" : scope.startsWith(ONE) ? `sees ${scope.slice(ONE.length)}` : scope);
  return texts.join(", ");
}
