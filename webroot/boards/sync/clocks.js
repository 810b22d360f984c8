import { h, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { byName } from "../../lib/rows.js";
import { section } from "./overview.js";

/** Who knows how many of whose edits. @type {import("./board.js").Part} */
export function mountClocks(place, feed) {
  const frame = h("div", { class: "table-frame" });
  const note = h("p", { class: "quiet" });
  place.append(section("Clocks", h("p", { text: "Each row is a machine: the last edit of each other machine that it has. A machine that lags shows a lower number than the one in the column's own cell." }), frame, note));
  /** @type {Map<string, number>} */
  let before = new Map();
  return feed.watch((state) => state.clocks ?? {}, (clocks) => {
    const names = Object.keys(clocks).sort(byName);
    /** @type {Map<string, number>} */
    const now = new Map();
    const head = h("tr", {}, h("th", { scope: "col", text: "knows of edits of" }), ...names.map((name) => h("th", { scope: "col", class: "number", text: name })));
    const rows = names.map((row) => h("tr", {}, h("th", { scope: "row", text: row }), ...names.map((column) => {
      const value = clocks[row]?.[column];
      const key = `${row}\n${column}`;
      if (value !== undefined) now.set(key, value);
      const isBehind = value !== undefined && value < (clocks[column]?.[column] ?? 0);
      const kind = [column === row && "sync-own", isBehind && "sync-behind", before.has(key) && (before.get(key) ?? 0) < (value ?? 0) && "sync-rose"].filter(Boolean).join(" ");
      return h("td", { class: `number ${kind}`, title: isBehind ? `${row} has not all edits of ${column} yet` : undefined, text: value === undefined ? "–" : number(value) });
    })));
    before = now;
    frame.replaceChildren(h("table", { class: "table sync-clocks" }, h("caption", { class: "visually-hidden", text: "Who knows which edits" }), h("thead", {}, head), h("tbody", {}, ...rows)));
    setText(note, names.length === 0 ? "Nothing yet: no machine has joined." : "");
  });
}
