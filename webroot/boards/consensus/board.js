import { request } from "../../lib/api.js";
import { Ends } from "../../lib/card.js";
import { h, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createRows } from "../../lib/rows.js";
import { act, button, createSaid, forActors } from "../../ui/act.js";
import { createReplay } from "./replay.js";
import { SCENARIOS } from "./words.js";

/** @typedef {import("./words.js").Head} Head */

const SHOWN = 20;

/** What the nodes decide: scenarios that are executed, and every decision, message by message. @type {import("../../views/board.js").Mount} */
export function mount(place, feed) {
  place.identity.replaceChildren(h("h1", { text: "Consensus" }));
  const ends = new Ends();
  const replay = createReplay();
  const said = createSaid();
  const rehearse = async (/** @type {string} */ scenario) => {
    const record = await act(feed, "rehearse", { scenario }, said);
    if (record) replay.open(record);
  };
  const scenarios = h("ul", { class: "consensus-scenarios" }, ...Object.entries(SCENARIOS).map(([name, text]) =>
    h("li", {}, button(name.replaceAll("_", " "), () => void rehearse(name)), h("span", { class: "quiet", text }))));
  ends.add(forActors(feed, scenarios));
  const open = async (/** @type {string} */ id) => {
    setText(said, "");
    try {
      replay.open(await request(`api/boards/${feed.board}/runs/${encodeURIComponent(id)}`));
    } catch (error) {
      setText(said, error instanceof Error ? error.message : String(error));
    }
  };
  const list = h("ul", { class: "consensus-runs" });
  const rows = createRows(list, (id) => {
    const text = h("span", { class: "quiet" });
    const show = button("Replay", () => void open(id), `Replay ${id}`);
    const end = feed.watch((state) => headWords(own(state.runs, id)), (now) => setText(text, now));
    return { element: h("li", {}, show, text), remove: end };
  });
  ends.add(feed.watch((state) => newest(state.runs ?? {}).join(), (ids) => rows.show(ids ? ids.split(",") : [])), rows.clear, replay.remove);
  place.board.append(
    card("Scenarios", h("p", { class: "quiet", text: "Each is executed when you press it: real uploaders, three real nodes, real disks. Only the order in which requests go out is forced. What you see then is the record of it." }), scenarios, said, replay.element),
    card("The last decisions", h("p", { class: "quiet", text: "Every chunk that is put is decided this way." }), list));
  return ends.run;
}

/** @param {string} title @param {...Node} parts */
function card(title, ...parts) {
  return h("section", { class: "card wide-card", "aria-label": title }, h("div", { class: "card-head" }, h("h2", { text: title })), h("div", { class: "card-body" }, ...parts));
}

/** @param {Record<string, Head>} runs */
function newest(runs) {
  return Object.keys(runs).sort((one, other) => (runs[other]?.startedAt ?? 0) - (runs[one]?.startedAt ?? 0) || (one < other ? 1 : -1)).slice(0, SHOWN);
}

/** @param {Head | undefined} head */
function headWords(head) {
  if (!head) return "";
  const how = head.mode === "CODED" ? "five fragments" : "three copies";
  const end = head.outcome === undefined ? "under way" : head.outcome === "no_quorum" ? "not decided" : `chosen: ${head.chosen}`;
  return `${head.chunk} (${head.scenario.replaceAll("_", " ")}), ${how}: ${end}, ${number(head.messages)} messages, ${head.milliseconds === undefined ? "n/a" : `${number(head.milliseconds)}\u202fms`}`;
}
