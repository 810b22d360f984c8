import { h, setAttribute, setText } from "../../lib/dom.js";
import { createRows } from "../../lib/rows.js";
import { arranged } from "./order.js";
import { addressOf, levelOf, worstOf } from "./words.js";

/** A sign in each square that is not well: a colour alone is not for everyone. @type {Record<string, string>} */
const SIGNS = { critical: "!", warning: "▲", unknown: "?", ok: "" };

/** A square for each machine, the worst first; with their names where there is room. */
export function createWall() {
  const grid = h("ul", { class: "fleet-wall", "aria-label": "Machines" });
  /** @type {Map<string, (host: import("./words.js").Host) => void>} */
  const shows = new Map();
  const rows = createRows(grid, (id) => {
    const sign = h("b", { "aria-hidden": "true" });
    const name = h("span");
    const link = h("a", { href: addressOf(id) }, sign, name);
    const element = h("li", {}, link);
    shows.set(id, (host) => {
      const level = levelOf(host);
      const title = `${host.name ?? id}: ${[host.state, worstOf(host)].filter(Boolean).join(", ")}`;
      setAttribute(element, "data-level", level);
      setAttribute(link, "aria-label", title);
      setAttribute(link, "title", title);
      setText(sign, SIGNS[level] ?? "");
      setText(name, host.name ?? id);
    });
    return { element, remove: () => shows.delete(id) };
  });
  let filter = "";
  /** @type {import("./words.js").Hosts} */
  let hosts = {};
  const show = () => {
    const ids = arranged(hosts, filter, { column: "", isDown: false });
    rows.show(ids);
    for (const id of ids) shows.get(id)?.(hosts[id] ?? {});
    setAttribute(grid, "data-size", ids.length <= 60 ? "large" : ids.length <= 300 ? "middle" : "small");
  };
  return {
    element: grid,
    show: (/** @type {import("./words.js").Hosts} */ now) => {
      hosts = now;
      show();
    },
    filter: (/** @type {string} */ text) => {
      filter = text;
      show();
    },
    remove: rows.clear,
  };
}
