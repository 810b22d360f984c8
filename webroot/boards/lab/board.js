import { h, setHidden, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { byName, createRows } from "../../lib/rows.js";
import { mount as span } from "../../views/span.js";
import { act, button, choice, createSaid, forActors } from "../../ui/act.js";
import { createBench } from "./bench.js";
import { createChaos } from "./chaos.js";
import { createComparison } from "./comparison.js";
import { createNodes } from "./nodes.js";
import { createPlayer } from "./player.js";
import { createStorage } from "./storage.js";
import { createTargets } from "./targets.js";

/** The streaming lab: players side by side, and what is between them and the nodes. @type {import("../../views/board.js").Mount} */
export function mount(place, feed) {
  place.identity.replaceChildren(h("h1", { text: "Streaming lab" }));
  const note = h("p", { class: "card-note" });
  const totals = h("p", { class: "quiet" });
  const players = h("div", { class: "lab-players" });
  const rows = createRows(players, (id) => createPlayer(feed, id));
  const nodes = createNodes(feed);
  const targets = createTargets(feed);
  const storage = createStorage(feed);
  const bench = createBench(feed);
  const chaos = createChaos(feed);
  const comparison = createComparison(feed);
  const said = createSaid();
  const which = choice("Scheduler", ["score", "round_robin", "random", "least_outstanding", "oracle"]);
  const acts = h("div", { class: "lab-acts" }, which, button("Start a player", () => void act(feed, "play", { scheduler: which.value }, said)), said);
  const head = h("section", { class: "card wide-card", "aria-label": "The lab" }, h("div", { class: "card-body" }, note, totals, acts));
  place.board.append(head, h("div", { class: "wide-card" }, players), targets.element, nodes.element, storage.element, comparison.element, chaos.element, bench.element);
  const ends = [
    span(place.span, feed),
    forActors(feed, acts),
    feed.watch((state) => state.phase, (phase) => {
      setHidden(note, phase === "ready");
      setText(note, phase === "down" ? "The engine does not run; it is started again." : "The nodes are starting; the clip is put on them, chunk by chunk.");
    }),
    feed.watch((state) => ({ ...state.totals }), ({ chunks, decisions, messages, repaired }) => setText(totals, chunks === undefined ? "" :
      `${repaired ? `${number(repaired)} fragments were found damaged or missing, and put back. ` : ""}${number(chunks)} chunks are stored. ${number(decisions ?? 0)} were decided since the engine started, with ${number(messages ?? 0)} messages; 6 for three copies and 10 for five fragments is the least.`)),
    feed.watch((state) => Object.keys(state.players ?? {}).sort(byName).join("\n"), (ids) => rows.show(ids ? ids.split("\n") : [])),
    rows.clear, targets.remove, nodes.remove, storage.remove, comparison.remove, chaos.remove, bench.remove,
  ];
  return () => {
    for (const end of ends) end();
  };
}
