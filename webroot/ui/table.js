import { h, recall, remember, setAttribute, setHidden, setText } from "../lib/dom.js";
import { createTableRow } from "./table-row.js";
import { arranged, held } from "./table-order.js";

/**
 * @typedef {import("./table-order.js").Column} Column
 * @typedef {import("./table-order.js").Order} Order
 *
 * @typedef {object} TableOptions
 * @property {string} caption what the rows are, for who cannot see them
 * @property {string} what their name in a sentence: "files"
 * @property {Column[]} columns the first names the row
 * @property {Order} order until somebody chooses another
 * @property {string} [name] under which that choice is kept
 * @property {number} [few] how many are shown at first
 * @property {(key: string) => void} [open] shows more of a row, which then has a button
 * @property {string} [empty] what to say while there is no row at all
 */

/** Rows that can be sorted and filtered, by keyboard as well; what changes is written into the rows that are there. @param {TableOptions} options */
export function createTable(options) {
  const { columns, what, few = 50, name = "", empty = `No ${what}.` } = options;
  let order = recalled(options);
  /** @type {Record<string, any>} */
  let all = {};
  /** @type {string[]} */
  let keys = [];
  let isWhole = false;
  const filter = h("input", { type: "search", placeholder: `Filter ${what}`, "aria-label": `Filter ${what}`, spellcheck: "false", autocomplete: "off", "data-filter": "" });
  const count = h("span", { class: "quiet", role: "status" });
  const heads = columns.map((column) => createHead(column, () => sort(column)));
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more" });
  const nothing = h("p", { class: "quiet" });
  /** @type {ReturnType<typeof createTableRow>[]} */
  const rows = [];
  const table = h("table", { class: "table" }, h("caption", { class: "visually-hidden", text: options.caption }), h("thead", {}, h("tr", {}, ...heads.map(({ cell }) => cell))), body);
  const element = h("div", { class: "table-part" }, h("div", { class: "table-head" }, filter, count), h("div", { class: "table-frame" }, table), nothing, more);

  const draw = () => {
    const total = Object.keys(all).length;
    const shown = isWhole ? keys : keys.slice(0, few);
    while (rows.length < shown.length) rows.push(createTableRow(columns, options.open));
    shown.forEach((key, index) => rows[index]?.show(key, all[key]));
    if (body.childElementCount !== shown.length) body.replaceChildren(...rows.slice(0, shown.length).map((row) => row.element));
    for (const { cell, key } of heads) setAttribute(cell, "aria-sort", key !== order.column ? "none" : order.isDown ? "descending" : "ascending");
    setText(count, filter.value.trim() === "" ? "" : `${keys.length} of ${total} ${what}`);
    setText(nothing, total === 0 ? empty : keys.length === 0 ? `No ${what} with “${filter.value.trim()}”.` : "");
    setHidden(more, keys.length <= few);
    setText(more, isWhole ? `Show the first ${few} only` : `Show all ${keys.length} ${what}`);
    setAttribute(more, "aria-expanded", String(isWhole));
  };
  const arrange = () => {
    keys = arranged(all, columns, order, filter.value);
    draw();
  };
  const sort = (/** @type {Column} */ { key, isNumber = false }) => {
    order = { column: key, isDown: order.column === key ? !order.isDown : isNumber };
    if (name) remember(`table.${name}`, JSON.stringify(order));
    arrange();
  };
  filter.addEventListener("input", arrange);
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || filter.value === "") return;
    event.stopPropagation(); // The filter goes first, then what it is in.
    filter.value = "";
    arrange();
  });
  more.addEventListener("click", () => {
    isWhole = !isWhole;
    draw();
  });
  /** @param {Record<string, any>} now */
  const show = (now) => {
    all = now;
    const newest = arranged(all, columns, order, filter.value);
    keys = body.contains(document.activeElement) ? held(keys, newest) : newest;
    draw();
  };
  draw();
  return { element, show };
}

/** @param {TableOptions} options @returns {Order} */
function recalled({ name = "", order, columns }) {
  try {
    const kept = JSON.parse(name && recall(`table.${name}`, "{}")) ?? {};
    return columns.some(({ key }) => key === kept.column) ? { column: kept.column, isDown: kept.isDown === true } : order;
  } catch {
    return order;
  }
}

/** @param {Column} column @param {() => void} sort */
function createHead({ key, name, hint, isNumber, isWide }, sort) {
  const button = h("button", { type: "button", class: "table-sort", text: name, title: hint });
  button.addEventListener("click", sort);
  return { key, cell: h("th", { scope: "col", class: [isNumber && "number", isWide && "wide"].filter(Boolean).join(" ") || undefined }, button) };
}
