import { h, setAttribute } from "../lib/dom.js";
import { CAPACITY } from "../lib/history.js";
import { instant } from "../lib/time.js";

/**
 * Points at a moment in all charts by keyboard or finger, and reads it out.
 * @param {import("../lib/timeline.js").Timeline} timeline
 */
export function createMoments(timeline) {
  const slider = h("input", { type: "range", min: "0", step: "1", "aria-label": "Moment to read in all charts", "aria-valuetext": "none" });
  const element = h("div", { class: "moments" }, slider);
  const chart = () => [...timeline.pointing.charts].find((one) => one.isDrawn);
  const limit = () => {
    const last = (timeline.columns?.count ?? CAPACITY) - 1;
    if (Number(slider.max) !== last) slider.max = String(last);
    if (document.activeElement !== slider) slider.value = slider.max;
  };
  const point = () => {
    const at = chart()?.moments[Number(slider.value)];
    for (const each of timeline.pointing.charts) each.pointAt(at);
    const [first] = [...timeline.pointing.charts].filter((one) => one.isDrawn);
    timeline.pointing.show(at === undefined || !first ? undefined : { at, index: Number(slider.value), chart: first, isHeld: true });
    setAttribute(slider, "aria-valuetext", at === undefined ? "none" : describe(timeline, at, Number(slider.value)));
  };
  const leave = () => {
    for (const each of timeline.pointing.charts) each.pointAt(undefined);
    timeline.pointing.show(undefined);
  };
  slider.addEventListener("input", point);
  slider.addEventListener("focus", point);
  slider.addEventListener("blur", leave);
  const follow = () => {
    const { moment } = timeline.pointing;
    if (moment?.isHeld || document.activeElement !== slider) slider.value = String(moment?.index ?? slider.max);
  };
  const ends = [timeline.listen(limit), timeline.pointing.listen(follow)];
  return { element, remove: () => ends.forEach((end) => end()) };
}

/** @param {import("../lib/timeline.js").Timeline} timeline @param {number} at @param {number} index */
function describe(timeline, at, index) {
  const charts = [...timeline.pointing.charts].filter(({ isDrawn, options }) => isDrawn && options.axis);
  const texts = charts.map((chart) => {
    const readings = chart.readings(index).map(({ name, text, spread }) => `${name} ${text}${spread ? ` (${spread})` : ""}`);
    return `${chart.options.label}: ${readings.join(", ") || "not known"}`;
  });
  return [instant(timeline.startOf(at), timeline.step), ...texts].join("; ");
}
