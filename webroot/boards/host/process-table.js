import { h, recall, remember, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { createMore } from "../../lib/show-more.js";
import { createRow } from "./process-row.js";
import { rowsOf, VALUES } from "./process-rows.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./process-rows.js").View} View
 */

const SHOWN = 15;
/** @type {[string, string, string, string][]} key, heading, more of it, class */
const COLUMNS = [
  ["name", "Process", "name, and the script, jar or class that it runs", "process-name"],
  ["belongs", "Unit", "container, or unit of systemd", "process-belongs"],
  ["user", "User", "", "wide"],
  ["state", "State", "", "wider"],
  ["threadCount", "Threads", "", "wider number"],
  ["cpuPercent", "CPU", "% of one core", "number"],
  ["residentBytes", "Memory", "resident", "number"],
  ["disk", "Disk", "read and written", "number disk"],
  ["id", "ID", "number of the process", "number id"],
];
const TEXTS = new Set(["name", "belongs", "user", "state", "id"]);
/** @type {[View, string][]} */
const VIEWS = [["list", "List"], ["tree", "Tree"], ["groups", "By unit"]];
const HINT = "one row for each container, unit or program, of the processes in the list";

/** @param {LiveFeed} feed the processes board */
export function createTable(feed) {
  let order = recalled();
  let view = /** @type {View} */ (VIEWS.find(([key]) => key === recall("processes.view", "list"))?.[0] ?? "list");
  const body = h("tbody");
  /** @type {ReturnType<typeof createRow>[]} */
  const rows = [];
  const filter = h("input", { type: "search", placeholder: "Filter processes", "aria-label": "Filter processes", spellcheck: "false", autocomplete: "off", "data-filter": "" });
  const nothing = h("p", { class: "quiet", hidden: "" });
  const refused = h("p", { class: "quiet", hidden: "" });
  const heads = COLUMNS.map(([key, text, hint, kind]) => createHead(key, text, hint, kind, () => sort(key)));
  const views = VIEWS.map(([key, text]) => {
    const button = h("button", { type: "button", text, title: key === "groups" ? HINT : undefined });
    button.addEventListener("click", () => {
      view = key;
      remember("processes.view", key);
      show();
    });
    return { key, button };
  });
  /** @type {import("./process-rows.js").Row[]} */
  let wanted = [];
  const more = createMore("processes", SHOWN, (keys) => {
    while (rows.length < keys.length) rows.push(createRow());
    keys.forEach((_, index) => rows[index]?.show(/** @type {import("./process-rows.js").Row} */ (wanted[index])));
    if (body.childElementCount !== keys.length) body.replaceChildren(...rows.slice(0, keys.length).map(({ element }) => element));
  });
  const show = () => {
    wanted = rowsOf(feed.state?.processes ?? {}, view, order, filter.value);
    more.offer(wanted.map(({ key }) => key));
    for (const { cell, key } of heads) setAttribute(cell, "aria-sort", key !== order.column ? "none" : order.isDown ? "descending" : "ascending");
    for (const { key, button } of views) setAttribute(button, "aria-pressed", String(key === view));
    setHidden(nothing, wanted.length > 0 || filter.value.trim() === "");
    setText(nothing, `No process with “${filter.value.trim()}”.`);
    const reason = wanted.find(({ process }) => process.diskUnavailable)?.process.diskUnavailable;
    setHidden(refused, !reason);
    setText(refused, reason ? `Disk use of other users’ processes is n/a: ${reason}.` : "");
  };
  const sort = (/** @type {string} */ column) => {
    order = { column, isDown: order.column === column ? !order.isDown : !TEXTS.has(column) };
    remember("processes.sort", `${order.isDown ? "" : "-"}${column}`);
    show();
  };
  filter.addEventListener("input", show);
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || filter.value === "") return;
    filter.value = "";
    show();
  });
  const tools = h("div", { class: "process-tools" }, filter, h("div", { class: "spans", role: "group", "aria-label": "View of the processes" }, ...views.map(({ button }) => button)));
  const caption = h("caption", { class: "visually-hidden", text: "The processes that use most; the headings sort" });
  const table = h("table", { class: "processes-table" }, caption, h("thead", {}, h("tr", {}, ...heads.map(({ cell }) => cell))), body);
  const stop = feed.watch((state) => state.processes, show);
  return { element: h("div", { class: "stack" }, tools, table, nothing, more.element, refused), remove: stop };
}

/** A column, and "-" before it where the least comes first. */
function recalled() {
  const kept = recall("processes.sort", "cpuPercent");
  const column = kept.replace(/^-/, "");
  return Object.hasOwn(VALUES, column) ? { column, isDown: kept === column } : { column: "cpuPercent", isDown: true };
}

/** @param {string} key @param {string} text @param {string} hint @param {string} kind @param {() => void} act */
function createHead(key, text, hint, kind, act) {
  const button = h("button", { type: "button", class: "sort", text, title: hint || undefined });
  button.addEventListener("click", act);
  return { key, cell: h("th", { scope: "col", class: kind }, button) };
}
