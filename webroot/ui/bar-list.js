import { createPlainFigure } from "../lib/card.js";
import { h, setAttribute, setHidden, setText, setVariable } from "../lib/dom.js";
import { createRows } from "../lib/rows.js";
import { createBadge } from "./badge.js";

/**
 * @typedef {object} BarItem
 * @property {string} key
 * @property {string} name chosen by others: text only
 * @property {number} share of the longest bar, 0 to 1
 * @property {string} text the number, with its unit
 * @property {string} [note]
 * @property {string} [state] shown as a badge, where there is one to be told
 *
 * @typedef {{ element: HTMLElement, show: (item: BarItem) => void }} BarRow
 */

/** Names with a bar each, in the order in which they are given: what is in trouble, or largest, first. @param {string} label */
export function createBarList(label) {
  const element = h("ul", { class: "bar-list", "aria-label": label });
  /** @type {Map<string, BarRow>} */
  const shown = new Map();
  const rows = createRows(element, (key) => {
    const row = createRow();
    shown.set(key, row);
    return { element: row.element, remove: () => shown.delete(key) };
  });
  /** @param {BarItem[]} items */
  const show = (items) => {
    rows.show(items.map(({ key }) => key));
    for (const item of items) shown.get(item.key)?.show(item);
  };
  return { element, show };
}

/** @returns {BarRow} */
function createRow() {
  const name = h("span", { class: "row-name" });
  const figure = createPlainFigure();
  const badge = createBadge();
  const fill = h("i", { class: "bar-part" });
  const note = h("span", { class: "quiet" });
  const element = h("li", { class: "bar-row" },
    h("div", { class: "row-head" }, name, badge.element, figure.element), h("div", { class: "bar", "aria-hidden": "true" }, fill), note);
  const show = (/** @type {BarItem} */ item) => {
    setText(name, item.name);
    setAttribute(name, "title", item.name);
    figure.show(item.text);
    setVariable(fill, "--share", Math.min(1, Math.max(0, item.share)));
    setHidden(badge.element, item.state === undefined);
    badge.show(item.state);
    setAttribute(element, "data-state", item.state);
    setText(note, item.note ?? "");
    setHidden(note, !item.note);
  };
  return { element, show };
}
