import { h, setHidden, setText } from "../../lib/dom.js";
import { createEventTimeline } from "../../ui/event-timeline.js";
import { createChart } from "./preview-chart.js";
import { createSelect } from "./form.js";
import { eventsOf, inWords } from "./preview-words.js";
import { columnOf } from "./rule-words.js";
import { troubleOf } from "./words.js";

/**
 * @typedef {import("./preview-words.js").Answer} Answer
 * @typedef {{ line?: string, rule?: Record<string, unknown> }} Asked
 */

const DAY = 86_400_000;
const SETTLED_MS = 500;

/**
 * Whether a rule can be understood, and when it would have fired in the past that is kept: said while somebody types.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {import("./acts.js").Acts} acts
 * @param {() => { asked: Asked, watch: string, line?: string } | undefined} read undefined: there is nothing to be asked yet; line: what a column is of
 */
export function createPreview(feed, acts, read) {
  const span = createSelect([["1", "in the last 24 hours"], ["7", "in the last 7 days"], ["30", "in the last 30 days"]], "1");
  const said = h("p", { class: "preview-said", role: "status" });
  const place = h("code", { class: "preview-place", hidden: "" });
  const chart = createChart(feed);
  const timeline = createEventTimeline("When it would have fired");
  const element = h("div", { class: "stack preview", hidden: "" }, h("label", { class: "field" }, h("span", { text: "When it would have fired" }), span), said, place, chart.element, timeline.element);
  let round = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const wrong = (/** @type {unknown} */ error, /** @type {string | undefined} */ line) => {
    const text = troubleOf(error);
    setText(said, text);
    const column = columnOf(/** @type {any} */ (error).body?.message ?? "");
    setHidden(place, column === undefined || line === undefined);
    if (column !== undefined && line !== undefined) place.replaceChildren(line.slice(0, column), h("mark", { text: line.slice(column) || " " }));
  };
  const load = async () => {
    const what = read();
    const asked = ++round;
    setHidden(element, what === undefined);
    if (what === undefined) return;
    const from = Math.round(feed.serverTime - Number(span.value) * DAY);
    try {
      const answer = /** @type {Answer} */ (await acts.act("preview", { ...what.asked, fromMilliseconds: from }));
      if (asked !== round) return;
      setHidden(place, true);
      setText(said, inWords(answer, what.watch));
      const events = eventsOf(answer);
      timeline.show(events, answer.from, answer.to);
      setHidden(timeline.element, events.length === 0);
      void chart.show(what.watch, answer);
    } catch (error) {
      if (asked !== round) return;
      for (const part of [timeline, chart]) setHidden(part.element, true);
      wrong(error, what.line);
    }
  };
  const later = () => {
    clearTimeout(timer);
    round++; // What is under way is about what was typed before.
    timer = setTimeout(() => void load(), SETTLED_MS);
  };
  span.addEventListener("change", () => void load());
  for (const part of [timeline, chart]) setHidden(part.element, true);
  const end = () => {
    clearTimeout(timer);
    round++;
  };
  return { element, later, wrong, end };
}
