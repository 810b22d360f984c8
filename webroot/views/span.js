import { h, setAttribute, setHidden, setText } from "../lib/dom.js";
import { Kept } from "../lib/storage-status.js";
import { pan, SPANS, zoom } from "../lib/span.js";
import { interval, timeZone } from "../lib/time.js";
import { keepInAddress } from "../lib/view-address.js";
import { createExport } from "./export.js";
import { createMoments } from "./moments.js";
import { createNote } from "./span-note.js";

/** @typedef {import("../lib/timeline.js").Timeline} Timeline */

const HOW = "In a chart: draw with the mouse, or turn the wheel with Ctrl, to zoom; with Shift to move. With fingers: sideways, or two.";
/** How much of the span a press of a button moves by. */
const STEP = 0.5;

/**
 * What all charts show: a span up to now, or some time in the past.
 * @param {HTMLElement} element
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 * @returns {() => void} unmounts
 */
export function mount(element, feed) {
  const timeline = feed.history;
  const spans = SPANS.map(({ text, name, span }) => ({ span, button: spanButton(timeline, text, name, span) }));
  const back = button("Back to live", "", () => timeline.show({ span: timeline.view.span }));
  back.classList.add("to-live");
  const moves = h("div", { class: "span-moves", role: "group", "aria-label": "Move and zoom", title: HOW }, ...moveButtons(timeline));
  const range = h("span", { class: "span-range" });
  const kept = new Kept(feed.board);
  const note = createNote(timeline, kept);
  const moments = createMoments(timeline);
  const out = createExport(feed, kept);
  const choice = h("div", { class: "spans", role: "group", "aria-label": "Time span of all charts" }, ...spans.map((one) => one.button));
  const place = h("div", { class: "span-now" }, moments.element, range, back, note.element);
  element.append(choice, moves, place, out.element);
  const show = () => {
    const { view, isPlain } = timeline;
    for (const one of spans) setAttribute(one.button, "aria-pressed", String(view.span === one.span && view.to === undefined));
    document.body.dataset.view = element.dataset.view = isPlain ? "plain" : view.to === undefined ? "live" : "past";
    setHidden(back, view.to === undefined);
    setText(range, isPlain ? "" : `${interval(...timeline.bounds)}, ${timeZone}`);
    setAttribute(range, "title", "time zone of this browser");
  };
  const ends = [timeline.listen(show), keepInAddress(feed), note.remove, moments.remove, out.remove];
  show();
  return () => {
    for (const end of ends) end();
    delete document.body.dataset.view;
    element.replaceChildren();
  };
}

/** @param {string} text @param {string} label @param {() => void} act */
function button(text, label, act) {
  const element = h("button", { type: "button", text, ...(label && { "aria-label": label, title: label }) });
  element.addEventListener("click", act);
  return element;
}

/** @param {Timeline} timeline @param {string} text @param {string} name @param {number} span */
function spanButton(timeline, text, name, span) {
  const element = button(text, "", () => timeline.show({ span }));
  element.title = `Last ${name}`;
  return element;
}

/** @param {Timeline} timeline */
function moveButtons(timeline) {
  const move = (/** @type {number} */ share) => timeline.show(pan(timeline.view, share * timeline.view.span, timeline.now));
  // What is live stays live: it is zoomed around now.
  const scale = (/** @type {number} */ factor) => timeline.show(zoom(timeline.view, factor, timeline.view.to === undefined ? 1 : 0.5, timeline.now));
  return [
    button("‹", "Earlier", () => move(-STEP)), button("›", "Later", () => move(STEP)),
    button("−", "Zoom out", () => scale(2)), button("+", "Zoom in", () => scale(0.5)),
  ];
}
