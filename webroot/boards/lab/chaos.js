import { Ends } from "../../lib/card.js";
import { h, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createRows } from "../../lib/rows.js";
import { createBadge } from "../../ui/badge.js";
import { act, button, createSaid, forActors } from "../../ui/act.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {{ kind: string, node: string, atSeconds: number, injected: string, measured: string, isReal: boolean, recoveredMilliseconds: number }} Fault
 * @typedef {{ state?: string, seed?: number, seconds?: number, message?: string, passed?: boolean, stalls?: number, put?: number, refused?: number, chunks?: number, unreadable?: number }} Run
 */

/** Faults that are injected one after the other, and what each did to its victim. @param {LiveFeed} feed */
export function createChaos(feed) {
  const ends = new Ends();
  const said = createSaid();
  const list = h("ol", { class: "lab-nodes" });
  const rows = createRows(list, (id) => createFault(feed, id));
  const start = button("Inject faults", () => void act(feed, "chaos", { seconds: 120, seed: Math.floor(Date.now() / 1000) % 1000 }, said), "Inject faults for two minutes");
  const acts = h("div", { class: "lab-acts" }, start);
  const now = h("p", { class: "quiet", role: "status" });
  ends.add(forActors(feed, acts), rows.clear);
  ends.add(feed.watch((state) => Object.keys(state.chaos?.faults ?? {}).sort((a, b) => Number(b) - Number(a)).join(), (keys) => rows.show(keys ? keys.split(",") : [])));
  ends.add(feed.watch((state) => /** @type {Run} */ ({ ...state.chaos, faults: undefined }), (run) => {
    start.disabled = run.state === "running";
    setText(now, chaosWords(run));
  }));
  const element = h("section", { class: "card wide-card", "aria-labelledby": "lab-chaos" },
    h("div", { class: "card-head" }, h("h2", { id: "lab-chaos", text: "Chaos" }), acts, said), h("div", { class: "card-body" }, now, list));
  return { element, remove: ends.run };
}

/** @param {Run} run */
export function chaosWords(run) {
  if (run.state === "running") return `Faults are injected for ${run.seconds} s, seed ${run.seed}; each is measured on its victim and taken back.`;
  if (run.state === "failed") return `It broke off: ${run.message}`;
  if (run.state !== "done") return "Nodes are killed and stopped, lines get worse or silent, a disk slow, a heap full, a byte on disk another one. Nothing was injected yet.";
  const readable = run.unreadable ? `${number(run.unreadable)} of ${number(run.chunks ?? 0)} acknowledged chunks cannot be read.` : `Every one of ${number(run.chunks ?? 0)} acknowledged chunks can be read.`;
  return `${readable} The players stood still ${number(run.stalls ?? 0)} times. ${number(run.put ?? 0)} chunks were put meanwhile, ${number(run.refused ?? 0)} could not be. Seed ${run.seed}.`;
}

/** @param {LiveFeed} feed @param {string} id */
function createFault(feed, id) {
  const badge = createBadge();
  const name = h("span");
  const text = h("span", { class: "quiet" });
  const end = feed.watch((state) => /** @type {Fault | undefined} */ (own(state.chaos?.faults ?? {}, id)), (fault) => {
    if (!fault) return;
    const isBack = fault.recoveredMilliseconds >= 0;
    badge.show(fault.isReal && isBack ? "ok" : "failed", fault.isReal ? (isBack ? "seen, and back" : "not back") : "not seen");
    setText(name, `${fault.node}: ${fault.kind.replaceAll("_", " ")}, ${fault.injected}`);
    setText(text, `after ${number(fault.atSeconds)}\u202fs; measured: ${fault.measured}${isBack ? `; well again after ${number(fault.recoveredMilliseconds)}\u202fms` : ""}`);
  });
  return { element: h("li", {}, h("h3", { text: id }), badge.element, name, text), remove: end };
}
