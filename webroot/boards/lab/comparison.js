import { Ends } from "../../lib/card.js";
import { h, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { act, button, choice, createSaid, forActors } from "../../ui/act.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {{ median: number, low: number, high: number, wins: number, ties: number, losses: number, verdict: string }} Difference
 * @typedef {{ state?: string, first?: string, second?: string, pairs?: number, seed?: number, scenarios?: Record<string, Record<string, Difference>>, control?: Record<string, Difference> }} Comparison
 */

const SCHEDULERS = ["score", "round_robin", "random", "least_outstanding", "oracle"];

/** @type {[string, string, string][]} metric, name, unit */
const METRICS = [
  ["startupMilliseconds", "start-up", "ms"],
  ["stalls", "stalls", ""],
  ["stalledSeconds", "stalled", "s"],
  ["megabitsPerSecond", "speed", "Mbit/s"],
  ["qualityOfExperience", "QoE", ""],
];

/** Two schedulers in pairs: what the first gains, with the interval in which that lies. @param {LiveFeed} feed */
export function createComparison(feed) {
  const ends = new Ends();
  const said = createSaid();
  const first = choice("The first scheduler", SCHEDULERS);
  const second = choice("The second scheduler", SCHEDULERS);
  second.value = "round_robin";
  const start = button("Compare", () => void act(feed, "compare", { first: first.value, second: second.value, pairs: 200, seed: 1 }, said));
  const acts = h("div", { class: "lab-acts" }, first, second, start);
  const now = h("p", { class: "quiet", role: "status" });
  const body = h("tbody");
  const table = h("table", { class: "lab-comparison" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col", text: "scenario" }), ...METRICS.map(([, name, unit]) => h("th", { scope: "col", text: unit ? `${name}, ${unit}` : name })))), body);
  ends.add(forActors(feed, acts));
  ends.add(feed.watch((state) => /** @type {Comparison} */ (state.comparison ?? {}), (comparison) => {
    start.disabled = comparison.state === "running";
    setText(now, comparisonWords(comparison));
    table.hidden = !comparison.scenarios;
    const rows = Object.entries(comparison.scenarios ?? {});
    if (comparison.control) rows.push([`control: ${words(comparison.second)} beside itself, chaos`, comparison.control]);
    body.replaceChildren(...rows.map(([name, differences]) => h("tr", {}, h("th", { scope: "row", text: words(name) }),
      ...METRICS.map(([metric]) => cell(differences[metric])))));
  }));
  const element = h("section", { class: "card wide-card", "aria-labelledby": "lab-comparison" },
    h("div", { class: "card-head" }, h("h2", { id: "lab-comparison", text: "Comparison" }), acts, said), h("div", { class: "card-body" }, now, h("div", { class: "lab-scroll", tabindex: "0", role: "region", "aria-label": "What the first scheduler gains" }, table)));
  return { element, remove: ends.run };
}

/** @param {string | undefined} name */
function words(name = "") {
  return name.replaceAll("_", " ");
}

/** @param {Difference | undefined} difference */
function cell(difference) {
  if (!difference) return h("td", { text: "n/a" });
  const { median, low, high, wins, ties, losses, verdict } = difference;
  return h("td", { "data-verdict": verdict }, h("strong", { text: verdict === "no difference shown" ? "no difference" : `${verdict}: ${signed(median)}` }),
    h("span", { class: "quiet", text: `${signed(low)} to ${signed(high)}; ${number(wins)}/${number(ties)}/${number(losses)}` }));
}

/** @param {number} value */
function signed(value) {
  const shown = Math.abs(value) < 0.005 ? 0 : value;
  return `${shown > 0 ? "+" : ""}${number(shown, Math.abs(shown) < 10 ? 2 : 0)}`;
}

/** @param {Comparison} comparison */
export function comparisonWords({ state, first, second, pairs, seed }) {
  if (!state) return "Pairs of players in simulated time that differ in nothing but how they choose nodes. Nothing was compared yet.";
  if (state === "failed") return "The comparison broke off; the log of the engine says why.";
  const what = `${words(first)} beside ${words(second)}, ${number(pairs ?? 0)} pairs of each scenario, seed ${seed}`;
  return state === "running" ? `Playing: ${what}.`
    : `${what}: what the first gains, and the interval in which that lies with 95 % confidence; how often it was better, equal, worse. The control must show no difference.`;
}
