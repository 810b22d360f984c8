import { request } from "../lib/api.js";
import { ALERTS, sourceOf } from "../lib/board-address.js";
import { h, setHidden, setText } from "../lib/dom.js";
import { inOrder, marksOf, startsOf } from "../lib/events.js";
import { Latest } from "../lib/latest-only.js";
import { within } from "../lib/marks.js";
import { pointAt } from "../lib/point-at.js";
import { createRows } from "../lib/rows.js";
import { briefly, instant } from "../lib/time.js";
import { firing } from "../lib/verdict-parts.js";
import { createIcon } from "../ui/icon.js";

/** @typedef {import("../lib/marks.js").Mark} Mark */

/** The resource of the board that judges. */
const TRANSITIONS = "transitions";
const SETTLED_MS = 400;
/** In words; all of them are flags in the charts. */
const SHOWN = 8;
const MOST_ROWS = 1_000;

/** @type {Record<string, import("../ui/icon.js").IconName>} */
const ICONS = { alarm: "octagon", warning: "triangle", good: "check", info: "circle", unknown: "question" };

/**
 * What happened in the time that the charts show: flags in them, and the same in words, to be reached by keyboard.
 * @param {HTMLElement} span
 * @param {import("../lib/live-feed.js").LiveFeed} feed of the board
 * @param {import("../lib/live-feed.js").LiveFeed} alerts
 * @param {import("../lib/directory.js").Directory} directory
 * @returns {() => void} unmounts
 */
export function mountMarks(span, feed, alerts, directory) {
  const timeline = feed.history;
  const latest = new Latest();
  /** @type {Mark[]} */
  let starts = [];
  /** @type {Mark[]} */
  let told = [];
  let asked = "";
  const list = h("ol", { class: "marks", "aria-label": "What happened in this time" });
  const more = h("span", { class: "quiet" });
  const element = h("div", { class: "marks-line", hidden: "" }, list, more);
  /** @type {Map<string, Mark>} */
  const shown = new Map();
  const rows = createRows(list, (key) => createChip(/** @type {Mark} */ (shown.get(key)), timeline));
  span.append(element);

  const show = () => {
    const here = within(timeline.pointing.marks, ...timeline.bounds);
    shown.clear();
    // What is worst is told first, of those the newest; in the line all are in the order of time.
    const worst = [...here].sort((a, b) => weight(b) - weight(a) || b.at - a.at).slice(0, SHOWN);
    for (const mark of worst.sort((a, b) => a.at - b.at)) shown.set(`${mark.at} ${mark.kind} ${mark.text}`, mark);
    rows.show([...shown.keys()]);
    setText(more, here.length > shown.size ? `and ${here.length - shown.size} more` : "");
    setHidden(element, here.length === 0);
  };
  const mark = () => {
    timeline.pointing.mark(inOrder([...starts, ...told]));
    show();
  };
  const isTold = () => sourceOf(feed.board) === "" && feed.bus.session.mayRead(ALERTS)
    && (/** @type {any} */ (directory.of(ALERTS))?.resources ?? []).some((/** @type {any} */ { path }) => path === TRANSITIONS);
  /** Again when another time is shown, or something has begun or ended. */
  const want = () => {
    const key = JSON.stringify([timeline.view, firing(alerts.state?.alerts).map(([id, { level }]) => [id, level]), isTold()]);
    if (key === asked) return;
    asked = key;
    if (isTold()) latest.run(SETTLED_MS, ask);
  };
  const ask = async (/** @type {AbortSignal} */ signal) => {
    const [from, to] = timeline.bounds;
    const query = new URLSearchParams({ from: String(Math.floor(from)), to: String(Math.ceil(to) + 60_000), limit: String(MOST_ROWS) });
    const answer = await request(`api/boards/${ALERTS}/${TRANSITIONS}?${query}`, { signal }).catch(() => undefined);
    if (signal.aborted || !Array.isArray(answer)) return; // The charts do without.
    told = marksOf(answer, feed.board);
    mark();
  };
  const ends = [
    timeline.listen((isTick) => {
      if (!isTick) want();
      show();
    }),
    alerts.listen(want),
    directory.listen(want),
    feed.facts.listen((facts) => {
      starts = inOrder([...starts, ...startsOf(facts)]); // The one before stays where it was.
      mark();
    }),
  ];
  want();
  return () => {
    for (const end of ends) end();
    latest.stop();
    rows.clear();
    element.remove();
  };
}

/** @param {Mark} mark */
function weight({ kind, level }) {
  return level === "critical" && kind !== "resolved" ? 2 : kind === "resolved" ? 0 : 1;
}

/** Points at its moment in all charts while it has the focus. @param {Mark} mark @param {import("../lib/timeline.js").Timeline} timeline */
function createChip({ at, tone, text, level }, timeline) {
  const words = `${text}${level ? ` (${level})` : ""}`;
  const button = h("button", { type: "button", class: "mark", "data-tone": tone, title: `${instant(at, 0)} ${words}` }, createIcon(ICONS[tone] ?? "circle").element, h("span", { text: `${briefly(at)} ${words}` }));
  const point = () => pointAt(timeline, at);
  const leave = () => pointAt(timeline, undefined);
  button.addEventListener("focus", point);
  button.addEventListener("click", point);
  button.addEventListener("blur", leave);
  return { element: h("li", {}, button), remove: leave };
}
