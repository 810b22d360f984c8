import { h, setAttribute, setText } from "../lib/dom.js";
import { createBadge } from "./badge.js";

/** @typedef {import("./table-order.js").Column} Column */

const NOT_KNOWN = "–";

/**
 * A row that shows one thing after the other: to move rows costs more than to write them anew.
 * @param {Column[]} columns
 * @param {((key: string) => void) | undefined} open
 */
export function createTableRow(columns, open) {
  let key = "";
  const element = h("tr");
  const cells = columns.map((column, index) => {
    const tag = index === 0 ? "th" : "td";
    const cell = h(tag, { class: [column.isNumber && "number", column.isWide && "wide"].filter(Boolean).join(" ") || undefined, scope: index === 0 ? "row" : undefined });
    element.append(cell);
    return column.state ? stateCell(cell, column) : textCell(cell, column, index === 0 && open ? () => open(key) : undefined);
  });
  /** @param {string} itsKey @param {any} row */
  const show = (itsKey, row) => {
    key = itsKey;
    for (const each of cells) each(row, key);
  };
  element.addEventListener("keydown", move);
  return { element, show };
}

/** @param {HTMLElement} cell @param {Column} column @param {(() => void) | undefined} open */
function textCell(cell, { text }, open) {
  const place = open ? h("button", { type: "button", class: "table-open", "aria-haspopup": "dialog" }) : cell;
  if (open) {
    place.addEventListener("click", open);
    cell.append(place);
  }
  return (/** @type {any} */ row, /** @type {string} */ key) => {
    const said = text(row, key);
    setText(place, said ?? NOT_KNOWN);
    setAttribute(cell, "title", said);
  };
}

/** @param {HTMLElement} cell @param {Column} column */
function stateCell(cell, { text, state }) {
  const badge = createBadge();
  cell.append(badge.element);
  return (/** @type {any} */ row, /** @type {string} */ key) => badge.show(state?.(row, key), text(row, key));
}

/** Up and down from row to row, where rows have a button. @param {KeyboardEvent} event */
function move(event) {
  const row = event.currentTarget;
  if (!(row instanceof HTMLElement) || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : undefined;
  const button = next?.querySelector(".table-open");
  if (!(button instanceof HTMLElement)) return;
  event.preventDefault();
  button.focus();
}
