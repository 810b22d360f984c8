import { h, setAttribute, setHidden, setText, setVariable } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { createRows } from "../lib/rows.js";
import { instant, interval, timeZone } from "../lib/time.js";
import { stateOf } from "./badge.js";

/**
 * @typedef {object} TimelineEvent
 * @property {string} id
 * @property {string} lane its row: a rule, a job; chosen by others, text only
 * @property {number} from Unix ms
 * @property {number} [to] of what lasts; undefined while it still does
 * @property {boolean} [isMoment] that it was at one moment only
 * @property {string} text
 * @property {string} state
 *
 * @typedef {{ element: HTMLElement, show: (events: TimelineEvent[], from: number, to: number) => void }} Lane
 */

/** What happened when, one row for each kind: each event is a button that says it in words and can open more. @param {string} label @param {(id: string) => void} [open] */
export function createEventTimeline(label, open = () => {}) {
  const lanes = h("ul", { class: "lanes" });
  const ends = h("p", { class: "lane-ends quiet" });
  const nothing = h("p", { class: "quiet", text: "Nothing happened in this time." });
  const element = h("div", { class: "event-timeline", role: "group", "aria-label": label }, lanes, nothing, ends);
  /** @type {Map<string, Lane>} */
  const shown = new Map();
  const rows = createRows(lanes, (name) => {
    const lane = createLane(name, open);
    shown.set(name, lane);
    return { element: lane.element, remove: () => shown.delete(name) };
  });
  /** @param {TimelineEvent[]} events @param {number} from Unix ms @param {number} to */
  const show = (events, from, to) => {
    const inside = events.filter((event) => event.from < to && endOf(event, to) >= from);
    const names = [...new Set(inside.map(({ lane }) => lane))];
    rows.show(names);
    for (const name of names) shown.get(name)?.show(inside.filter(({ lane }) => lane === name), from, to);
    setHidden(nothing, names.length > 0);
    setText(ends, `${interval(from, to)}, ${timeZone}`);
  };
  return { element, show };
}

/** @param {TimelineEvent} event @param {number} now */
function endOf({ from, to, isMoment }, now) {
  return isMoment ? from : to ?? now;
}

/** @param {string} name @param {(id: string) => void} open @returns {Lane} */
function createLane(name, open) {
  const line = h("ol", { class: "lane-line" });
  const element = h("li", { class: "lane" }, h("span", { class: "lane-name", text: name, title: name }), line);
  /** @type {Map<string, (event: TimelineEvent, from: number, to: number) => void>} */
  const shows = new Map();
  const rows = createRows(line, (id) => {
    const { element: item, show } = createEvent(() => open(id));
    shows.set(id, show);
    return { element: item, remove: () => shows.delete(id) };
  });
  /** @type {Lane["show"]} */
  const show = (events, from, to) => {
    rows.show(events.map(({ id }) => id));
    for (const event of events) shows.get(event.id)?.(event, from, to);
  };
  return { element, show };
}

/** @param {() => void} open */
function createEvent(open) {
  const button = h("button", { type: "button", class: "lane-event" });
  button.addEventListener("click", open);
  const element = h("li", { class: "lane-item" }, button);
  /** @param {TimelineEvent} event @param {number} from @param {number} to */
  const show = (event, from, to) => {
    const share = (/** @type {number} */ at) => Math.min(1, Math.max(0, (at - from) / (to - from)));
    const words = inWords(event, to);
    setVariable(element, "--from", share(event.from));
    setVariable(element, "--to", share(endOf(event, to)));
    setAttribute(element, "data-tone", stateOf(event.state).tone);
    setAttribute(element, "data-kind", event.isMoment ? "moment" : event.to === undefined ? "open" : "over");
    setAttribute(button, "aria-label", words);
    setAttribute(button, "title", words);
  };
  return { element, show };
}

/** @param {TimelineEvent} event @param {number} now */
function inWords({ text, state, from, to, isMoment }, now) {
  const { word } = stateOf(state);
  if (isMoment) return `${text} (${word}), ${instant(from, 0)}`;
  return `${text} (${word}), from ${instant(from, 0)}, ${to === undefined ? `for ${duration(now - from)} up to now` : `for ${duration(to - from)}`}`;
}
