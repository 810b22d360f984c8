import { Ends } from "../../lib/card.js";
import { h } from "../../lib/dom.js";
import { byName } from "../../lib/rows.js";
import { createBadge } from "../../ui/badge.js";
import { targetsOf } from "./words.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

/** What the benchmarks want, beside what is so now. @param {LiveFeed} feed */
export function createTargets(feed) {
  const ends = new Ends();
  const head = h("tr");
  const body = h("tbody");
  ends.add(feed.watch((state) => Object.keys(state.players ?? {}).sort(byName).map((id) => `${state.players[id].kind} (${id})`), (names) =>
    head.replaceChildren(...["now", "target", ...names].map((text) => h("th", { scope: "col", text })))));
  ends.add(feed.watch(targetsOf, (rows) => body.replaceChildren(...rows.map(({ name, target, cells }) => h("tr", {},
    h("th", { scope: "row", text: name }), h("td", { text: target }),
    ...cells.map(({ text, isMet }) => h("td", {}, isMet === undefined ? text : createBadge(isMet ? "ok" : "warning", text).element)))))));
  const element = h("section", { class: "card wide-card", "aria-labelledby": "lab-targets" },
    h("div", { class: "card-head" }, h("h2", { id: "lab-targets", text: "Targets" })),
    h("div", { class: "card-body" }, h("p", { class: "quiet", text: "What the benchmarks want, beside what is so now: one moment, on lines that you may have made worse. Only a benchmark passes or fails." }),
      h("div", { class: "lab-scroll", tabindex: "0", role: "region", "aria-label": "Targets and what is so now" }, h("table", { class: "lab-comparison" }, h("thead", {}, head), body))));
  return { element, remove: ends.run };
}
