import { h, setText } from "../../lib/dom.js";

/** The toy board of the tests: how far it has counted. @type {import("../../views/board.js").Mount} */
export function mount({ board }, feed) {
  const count = h("p", { class: "toy-count" });
  board.append(h("section", { class: "card", "aria-labelledby": "toy-title" }, h("h2", { id: "toy-title", text: "Count" }), count));
  return feed.watch((state) => state.count, (value) => setText(count, String(value)));
}
