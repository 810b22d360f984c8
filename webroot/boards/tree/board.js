import { h, setText } from "../../lib/dom.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";

/** Of one object; the rest is counted. */
const MOST = 200;

/** A board of which the page knows nothing: its values, live, as a tree of their keys. @type {import("../../views/board.js").Mount} */
export function mount({ board }, feed) {
  const root = createNode("");
  board.append(h("section", { class: "card wide-card tree-card", "aria-label": `Values of ${feed.board}` }, root.children));
  return feed.watch((state) => state, root.show);
}

/** @typedef {{ element: HTMLElement, children: HTMLElement, show: (value: unknown) => void }} Node */

/** One key with its value, or with the keys below it. @param {string} key @returns {Node} */
function createNode(key) {
  const value = h("span", { class: "tree-value" });
  const children = h("ul", { class: "tree" });
  const more = h("li", { class: "quiet", hidden: "" });
  const element = h("li", {}, h("span", { class: "tree-key", text: key }), value, children, more);
  /** @type {Map<string, Node>} */
  const nodes = new Map();
  const rows = createRows(children, (name) => {
    const node = createNode(name);
    nodes.set(name, node);
    return { element: node.element, remove: () => nodes.delete(name) };
  });
  /** @type {unknown} */
  let last = Symbol("never shown");
  const show = (/** @type {unknown} */ now) => {
    if (Object.is(now, last)) return; // What a change did not touch is the same object.
    last = now;
    const inner = typeof now === "object" && now !== null && !Array.isArray(now) ? /** @type {Record<string, unknown>} */ (now) : undefined;
    const keys = Object.keys(inner ?? {}).sort(byName);
    value.hidden = keys.length > 0;
    children.hidden = inner === undefined;
    more.hidden = keys.length <= MOST;
    setText(more, `and ${keys.length - MOST} more`);
    setText(value, inner ? "none" : text(now));
    const shown = keys.slice(0, MOST);
    rows.show(shown);
    for (const name of shown) nodes.get(name)?.show(own(inner, name));
  };
  return { element, children, show };
}

/** @param {unknown} value */
function text(value) {
  if (typeof value === "string") return value === "" ? "“”" : value;
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
