import { Ends } from "../../lib/card.js";
import { h, setText } from "../../lib/dom.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { createBadge } from "../../ui/badge.js";
import { act, button, choice, createSaid, forActors } from "../../ui/act.js";
import { lineWords, nodeWords, statusState } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Node} Node
 * @typedef {import("./words.js").Condition} Condition
 */

const PROFILES = ["normal", "high_latency", "low_bandwidth", "packet_loss", "degraded", "recovery", "node_failure", "direct"];
const SCENARIOS = ["normal", "degradation", "node_failure", "recovery", "chaos"];

/** The nodes, and the lines of all players to each. @param {LiveFeed} feed */
export function createNodes(feed) {
  const ends = new Ends();
  const said = createSaid();
  const list = h("ul", { class: "lab-nodes" });
  const rows = createRows(list, (id) => createNode(feed, id, said));
  ends.add(feed.watch((state) => Object.keys(state.nodes ?? {}).sort(byName).join(), (keys) => rows.show(keys ? keys.split(",") : [])), rows.clear);
  const which = choice("Scenario", SCENARIOS);
  const acts = h("div", { class: "lab-acts" }, which, button("Run scenario", () => void act(feed, "scenario", { name: which.value }, said)));
  const now = h("span", { class: "quiet" });
  ends.add(forActors(feed, acts), feed.watch((state) => state.scenario?.name, (name) => setText(now, name ? `The scenario ${name.replaceAll("_", " ")} changes the lines.` : "")));
  const element = h("section", { class: "card wide-card", "aria-labelledby": "lab-nodes" },
    h("div", { class: "card-head" }, h("h2", { id: "lab-nodes", text: "Nodes and lines" }), acts, said),
    h("div", { class: "card-body" }, h("p", { class: "quiet", text: "Each node is a process of its own. Between it and each player is a line that is emulated: real bytes pass through it, late or slowly. A lossy line never meets its ceiling." }), now, list));
  return { element, remove: ends.run };
}

/** @param {LiveFeed} feed @param {string} id @param {HTMLElement} said */
function createNode(feed, id, said) {
  const ends = new Ends();
  const badge = createBadge();
  const text = h("span", { class: "quiet" });
  const line = h("span", { class: "quiet" });
  const profile = choice(`Line to ${id}`, PROFILES, (name) => void act(feed, "conditions", { node: id, profile: name }, said));
  const kill = button("Kill", () => void act(feed, "kill", { node: id }, said), `Kill ${id}`);
  const restart = button("Start", () => void act(feed, "restart", { node: id }, said), `Start ${id}`);
  const acts = h("span", { class: "lab-acts" }, profile, kill, restart);
  const read = (/** @type {any} */ state) => /** @type {Node | undefined} */ (own(state.nodes, id));
  ends.add(forActors(feed, acts));
  ends.add(feed.watch((state) => read(state)?.status ?? "unknown", (status) => {
    badge.show(statusState(status), status);
    kill.disabled = status === "down";
    restart.disabled = status !== "down";
  }));
  ends.add(feed.watch((state) => {
    const node = read(state);
    return node ? nodeWords(node) : "";
  }, (now) => setText(text, now)));
  ends.add(feed.watch((state) => /** @type {Condition | undefined} */ (own(state.conditions, id)), (now) => {
    setText(line, lineWords(now));
    if (now && document.activeElement !== profile) profile.value = now.profile;
  }));
  return { element: h("li", {}, h("h3", { text: id }), badge.element, text, line, acts), remove: ends.run };
}
