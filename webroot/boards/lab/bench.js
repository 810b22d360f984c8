import { Ends } from "../../lib/card.js";
import { h, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createRows } from "../../lib/rows.js";
import { createBadge } from "../../ui/badge.js";
import { act, button, createSaid, forActors } from "../../ui/act.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {{ name: string, description: string, unit: string, target: string, state: string, value?: number, samples?: number, note?: string }} Line
 */

/** @type {Record<string, string>} */
const STATES = { passed: "ok", failed: "failed", void: "unknown", waiting: "waiting" };

/** The benchmarks: what was measured, what it is held against, and what came of it. @param {LiveFeed} feed */
export function createBench(feed) {
  const ends = new Ends();
  const said = createSaid();
  const list = h("ol", { class: "lab-nodes" });
  const rows = createRows(list, (id) => createLine(feed, id));
  const start = button("Measure", () => void act(feed, "bench", {}, said));
  const acts = h("div", { class: "lab-acts" }, start);
  const now = h("p", { class: "quiet" });
  ends.add(forActors(feed, acts), rows.clear);
  ends.add(feed.watch((state) => Object.keys(state.bench?.lines ?? {}).sort((a, b) => Number(a) - Number(b)).join(), (keys) => rows.show(keys ? keys.split(",") : [])));
  ends.add(feed.watch((state) => ({ ...state.bench, lines: undefined }), ({ state, seed, message }) => {
    start.disabled = state === "running";
    setText(now, state === "running" ? `Measuring, seed ${seed}. It takes some four minutes; the players go on and share the machine.`
      : state === "done" ? `Measured with seed ${seed}. A line is void where other programs used the machine meanwhile.`
        : state === "failed" ? `It could not be measured: ${message}` : "Nothing was measured yet. “pulseboard lab bench” measures nodes of its own, beside nothing else.");
  }));
  const element = h("section", { class: "card wide-card", "aria-labelledby": "lab-bench" },
    h("div", { class: "card-head" }, h("h2", { id: "lab-bench", text: "Benchmarks" }), acts, said), h("div", { class: "card-body" }, now, list));
  return { element, remove: ends.run };
}

/** @param {LiveFeed} feed @param {string} id */
function createLine(feed, id) {
  const badge = createBadge();
  const name = h("span");
  const text = h("span", { class: "quiet" });
  const end = feed.watch((state) => /** @type {Line | undefined} */ (own(state.bench?.lines ?? {}, id)), (line) => {
    if (!line) return;
    badge.show(STATES[line.state], line.state);
    setText(name, line.description);
    const value = line.value === undefined ? "n/a" : `${number(line.value, 1)}\u202f${line.unit}`.trim();
    setText(text, `${line.state === "waiting" ? "not measured yet" : value}; target ${line.target}${line.samples ? `; ${number(line.samples)} samples` : ""}${line.note ? `; ${line.note}` : ""}`);
  });
  return { element: h("li", {}, h("h3", { text: id }), badge.element, name, text), remove: end };
}
