import { h, setAttribute, setHidden, setText, setVariable } from "../lib/dom.js";
import { duration, wholePercent } from "../lib/format.js";
import { createBadge } from "./badge.js";

/**
 * @typedef {object} Progress
 * @property {number} [share] 0 to 1; undefined while nobody knows how much there is
 * @property {number} [stalledFor] milliseconds without a step; undefined while it goes on
 * @property {string} [text] such as "12 of 40 files, about 3 min left"
 */

/**
 * How far something has come: known, not known, or stalled. Nothing moves by itself: a bar that glides costs frames for nothing, and who asked
 * for less motion has it already. What is not known is hatched, and says so.
 * @param {string} label of what it is the progress; chosen by others, text only
 */
export function createProgress(label) {
  const fill = h("i", { class: "progress-fill" });
  const bar = h("div", { class: "progress-bar", role: "progressbar", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100" }, fill);
  const figure = h("span", { class: "figure-value" });
  const badge = createBadge("running");
  const note = h("span", { class: "quiet" });
  const element = h("div", { class: "progress" }, h("div", { class: "progress-head" }, h("span", { class: "row-name", text: label, title: label }), badge.element, figure), bar, note);
  /** @param {Progress} progress */
  const show = ({ share, stalledFor, text = "" }) => {
    const known = share === undefined ? undefined : Math.min(1, Math.max(0, share));
    const isStalled = stalledFor !== undefined;
    const word = isStalled ? `stalled for ${duration(stalledFor)}` : "";
    setVariable(fill, "--share", known ?? 1);
    setAttribute(element, "data-progress", isStalled ? "stalled" : known === undefined ? "unknown" : known === 1 ? "done" : "known");
    setAttribute(bar, "aria-valuenow", known === undefined ? undefined : String(Math.round(known * 100)));
    setAttribute(bar, "aria-valuetext", [known === undefined ? "how much there is is not known" : wholePercent(known * 100), word, text].filter(Boolean).join(", "));
    setHidden(badge.element, !isStalled && known !== undefined && known < 1);
    if (isStalled) badge.show("warning", word);
    else badge.show(known === 1 ? "done" : "running");
    setText(figure, known === undefined ? "" : wholePercent(known * 100));
    setText(note, text);
  };
  show({});
  return { element, show };
}
