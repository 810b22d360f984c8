import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { areOn, isTaken } from "../../lib/keys.js";
import { whenResized } from "../../lib/observe.js";
import { mistakeIn } from "./filter.js";
import { arranged, lines } from "./order.js";
import { COLUMNS, createGroupRow, createMachineRow } from "./row.js";

/**
 * @typedef {import("./words.js").Hosts} Hosts
 * @typedef {import("./order.js").Order} Order
 */

/** As in fleet.css. */
const ROW = 40;
/** Drawn above and below what is seen. */
const SPARE = 4;

/**
 * All machines, a row each. Only the rows that are seen exist: whatever the number of machines, an update writes some dozens.
 * @param {(id: string) => void} open shows more of a machine
 */
export function createList(open) {
  /** @type {Hosts} */
  let hosts = {};
  let filter = "";
  /** @type {Order} */
  let order = { column: "", isDown: false };
  /** @type {import("./order.js").Line[]} */
  let all = [];
  /** @type {string[]} */
  let ids = [];
  /** @type {Set<string>} */
  const folded = new Set();
  const heads = [["state", "State"], ["name", "Name"], ...COLUMNS.map(({ key, name }) => [key, name])].map(([key = "", name = ""]) => createHead(key, name, () => sort(key)));
  const head = h("div", { class: "fleet-row fleet-head", role: "row", "aria-rowindex": "1" }, ...heads.map(({ cell }) => cell), h("div", { class: "fleet-cell", role: "columnheader" }, h("span", { class: "visually-hidden", text: "More" })));
  const body = h("div", { class: "fleet-rows", role: "rowgroup" });
  const frame = h("div", { class: "fleet-frame", role: "table", "aria-label": "Machines", tabindex: "0" }, h("div", { role: "rowgroup" }, head), body);
  const nothing = h("p", { class: "quiet" });
  const element = h("div", { class: "stack" }, frame, nothing);
  /** @type {ReturnType<typeof createMachineRow>[]} */
  const machines = [];
  /** @type {ReturnType<typeof createGroupRow>[]} */
  const groups = [];

  const draw = () => {
    const first = Math.max(0, Math.floor(frame.scrollTop / ROW) - SPARE);
    const last = Math.min(all.length, Math.ceil((frame.scrollTop + frame.clientHeight) / ROW) + SPARE);
    let [machine, group] = [0, 0];
    /** @type {HTMLElement[]} */
    const shown = [];
    for (let index = first; index < last; index++) {
      const line = all[index];
      if (line === undefined) continue;
      if ("id" in line) {
        const row = machines[machine] ??= createMachineRow(open);
        machine++;
        row.show(line.id, hosts[line.id] ?? {}, index + 2);
        shown.push(row.element);
      } else {
        const row = groups[group] ??= createGroupRow(fold);
        group++;
        row.show(line.group, line.ids.length, line.ids.filter((id) => hosts[id]?.state === "live").length, line.isFolded, index + 2);
        shown.push(row.element);
      }
      const row = shown.at(-1);
      const top = `${index * ROW}px`;
      if (row && row.style.top !== top) row.style.top = top;
    }
    const before = [...body.children];
    if (before.length !== shown.length || shown.some((row) => row.parentElement !== body)) {
      for (const row of before) if (row instanceof HTMLElement && !shown.includes(row)) row.remove();
      for (const row of shown) if (row.parentElement !== body) body.append(row);
    }
    const height = `${all.length * ROW}px`;
    if (body.style.height !== height) body.style.height = height;
    setAttribute(frame, "aria-rowcount", String(all.length + 1));
    for (const { cell, key } of heads) setAttribute(cell, "aria-sort", key !== order.column ? "none" : order.isDown ? "descending" : "ascending");
    setHidden(frame, all.length === 0);
    setText(nothing, all.length > 0 ? "" : Object.keys(hosts).length === 0 ? "There is no machine yet." : `No machine fits “${filter.trim()}”. ${mistakeIn(filter)}`.trim());
  };
  const arrange = () => {
    ids = arranged(hosts, filter, order, ids);
    all = lines(hosts, ids, folded);
    draw();
  };
  const fold = (/** @type {string} */ group) => {
    if (!folded.delete(group)) folded.add(group);
    arrange();
  };
  /** Once more: the other way; a third time: trouble first again. @param {string} key */
  const sort = (key) => {
    const isDown = key !== "name" && key !== "state";
    order = order.column !== key ? { column: key, isDown } : order.isDown === isDown ? { column: key, isDown: !isDown } : { column: "", isDown: false };
    arrange();
  };
  /** From row to row. @param {KeyboardEvent} event */
  const move = (event) => {
    const by = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
    if (by === 0 || isTaken(event) || !areOn()) return;
    const at = machines.find((row) => row.element.contains(document.activeElement) && row.element.parentElement === body);
    const index = at ? all.findIndex((line) => "id" in line && line.id === at.id) : by > 0 ? -1 : all.length;
    for (let next = index + by; next >= 0 && next < all.length; next += by) {
      const line = all[next];
      if (line === undefined || !("id" in line)) continue;
      event.preventDefault();
      if (next * ROW < frame.scrollTop) frame.scrollTop = next * ROW;
      const bottom = (next + 2) * ROW - frame.clientHeight; // One more for the head, which stays.
      if (bottom > frame.scrollTop) frame.scrollTop = bottom;
      draw();
      machines.find((row) => row.id === line.id && row.element.parentElement === body)?.element.querySelector("a")?.focus({ preventScroll: true });
      return;
    }
  };
  frame.addEventListener("scroll", draw, { passive: true });
  addEventListener("keydown", move);
  const stop = whenResized(frame, draw);
  return {
    element,
    show: (/** @type {Hosts} */ now) => {
      hosts = now;
      arrange();
    },
    filter: (/** @type {string} */ text) => {
      filter = text;
      frame.scrollTop = 0;
      arrange();
    },
    remove: () => {
      removeEventListener("keydown", move);
      stop();
    },
  };
}

/** @param {string} key @param {string} name @param {() => void} sort */
function createHead(key, name, sort) {
  const button = h("button", { type: "button", class: "table-sort", text: name });
  button.addEventListener("click", sort);
  const column = COLUMNS.find((one) => one.key === key);
  return { key, cell: h("div", { class: `fleet-cell${column?.isNumber ? " number" : ""}${column?.isWide ? " wide" : ""}`, role: "columnheader" }, button) };
}
