import { createPlainFigure } from "../../lib/card.js";
import { h, recall, remember, setAttribute, setText } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { top } from "./top-processes.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./top-processes.js").Column} Column
 */

const SHOWN = 15;

/** @param {LiveFeed} feed the processes board */
export function createTable(feed) {
  let column = /** @type {Column} */ (recall("processes.sort", "cpuPercent"));
  const body = h("tbody");
  const rows = Array.from({ length: SHOWN }, createRow);
  const show = () => {
    const all = feed.state?.processes ?? {};
    const ids = top(all, column, SHOWN);
    ids.forEach((id, index) => rows[index]?.show(id, all[id]));
    if (body.childElementCount !== ids.length) body.replaceChildren(...rows.slice(0, ids.length).map(({ element }) => element));
  };
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
  return { element, remove: stop };
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

/**
 * A row that shows one process after the other: who uses most changes all the time, and to move a row costs much more than to
 * write another name into it.
 */
function createRow() {
  const cell = (/** @type {string} */ kind) => h("td", { class: kind });
  const name = h("th", { class: "process-name", scope: "row" });
  const [user, state, threads, id] = [cell("wide"), cell("wider"), cell("wider number"), cell("number id")];
  const [cpu, memory] = [createPlainFigure(), createPlainFigure()];
  const element = h("tr", {}, name, user, state, threads, h("td", { class: "number" }, cpu.element), h("td", { class: "number" }, memory.element), id);
  /** @param {string} pid @param {import("../../lib/state.js").Process} process a whole one */
  const show = (pid, process) => {
    setText(name, process.name ?? "");
    setAttribute(name, "title", process.name);
    setText(user, process.user ?? "–");
    setText(state, process.state ?? "–");
    setText(threads, String(process.threadCount ?? "–"));
    cpu.show(`${number(process.cpuPercent ?? 0, 1)}\u202f%`);
    memory.show(bytes(process.residentBytes ?? 0));
    setText(id, pid);
  };
  return { element, show };
}
