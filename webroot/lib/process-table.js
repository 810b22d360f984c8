import { createFigure, Ends } from "./card.js";
import { h, recall, remember, setText } from "./dom.js";
import { bytes, number } from "./format.js";
import { own } from "./merge-patch.js";
import { top } from "./processes.js";
import { createRows } from "./rows.js";

/**
 * @typedef {import("./live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./processes.js").Column} Column
 */

const SHOWN = 15;

/** @param {LiveFeed} feed the processes board */
export function createTable(feed) {
  let column = /** @type {Column} */ (recall("processes.sort", "cpuPercent"));
  const body = h("tbody");
  const rows = createRows(body, (id) => createRow(feed, id));
  const show = () => rows.show(top(feed.state?.processes ?? {}, column, SHOWN));
  const sortable = [
    sortHeader("CPU", "cpuPercent", "% of one core"),
    sortHeader("Memory", "residentBytes", "resident"),
  ];
  const mark = () => sortable.forEach(({ cell, key }) => cell.setAttribute("aria-sort", key === column ? "descending" : "none"));
  for (const { button, key } of sortable) {
    button.addEventListener("click", () => {
      column = key;
      remember("processes.sort", key);
      mark();
      show();
    });
  }
  mark();
  const head = h("tr", {}, plainHeader("Process", "process-name"), plainHeader("User", "wide"), plainHeader("State", "wider"),
    plainHeader("Threads", "wider number"), ...sortable.map(({ cell }) => cell), plainHeader("ID", "number"));
  const caption = h("caption", { class: "visually-hidden", text: "The processes that use most; sort by CPU or memory" });
  const element = h("table", { class: "processes-table" }, caption, h("thead", {}, head), body);
  const stop = feed.watch((state) => state.processes, show);
  return { element, remove: () => [stop, rows.clear].forEach((end) => end()) };
}

/** @param {string} text @param {Column} key @param {string} unit */
function sortHeader(text, key, unit) {
  const button = h("button", { type: "button", class: "sort", text, title: `sort by ${text}, ${unit}` });
  return { button, key, cell: h("th", { scope: "col", class: "number" }, button) };
}

/** @param {string} text @param {string} [kind] */
function plainHeader(text, kind = "") {
  return h("th", { scope: "col", class: kind, text });
}

/** @param {LiveFeed} feed @param {string} id */
function createRow(feed, id) {
  const of = (/** @type {any} */ state) => /** @type {import("./state.js").Process | undefined} */ (own(state.processes, id));
  const ends = new Ends();
  const element = h("tr");
  const word = (/** @type {"name" | "user" | "state" | "threadCount"} */ key, /** @type {string} */ kind) => {
    const cell = h(key === "name" ? "th" : "td", { class: kind, scope: key === "name" ? "row" : undefined });
    ends.add(feed.watch((state) => String(of(state)?.[key] ?? "–"), (text) => {
      setText(cell, text);
      if (key === "name") cell.title = text;
    }));
    return cell;
  };
  const figure = (/** @type {Column} */ key, /** @type {(value: number) => string} */ text) => {
    const { element: value, remove } = createFigure(feed, { read: (state) => of(state)?.[key], text });
    ends.add(remove);
    return h("td", { class: "number" }, value);
  };
  element.append(
    word("name", "process-name"), word("user", "wide"), word("state", "wider"), word("threadCount", "wider number"),
    figure("cpuPercent", (value) => `${number(value, 1)}\u202f%`), figure("residentBytes", bytes),
    h("td", { class: "number id", text: id }));
  return { element, remove: ends.run };
}
