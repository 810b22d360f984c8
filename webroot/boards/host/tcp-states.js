import { createFigure } from "../../lib/card.js";
import { h } from "../../lib/dom.js";
import { withUnit, words } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createRows } from "../../lib/rows.js";

/** How many TCP sockets are in which state. @param {import("../../lib/live-feed.js").LiveFeed} feed */
export function createTcpStates(feed) {
  const list = h("dl", { class: "chips" });
  const element = h("div", { class: "block" }, h("h3", { text: "TCP states" }), list);
  const rows = createRows(list, (key) => {
    const figure = createFigure(feed, { read: (state) => own(state.network?.tcp, key), text: (value) => withUnit(value, "") });
    const chip = h("div", { class: "chip" }, h("dt", { text: words(key) }), h("dd", {}, figure.element));
    return { element: chip, remove: figure.remove };
  });
  const stop = feed.watch((state) => state.network?.tcp, (tcp) => {
    element.hidden = tcp === undefined;
    rows.show(Object.keys(tcp ?? {}));
  });
  return { element, remove: () => [stop, rows.clear].forEach((end) => end()) };
}
