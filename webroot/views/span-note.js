import { now } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";
import { caution } from "../lib/storage-status.js";

/** Most answers come sooner: then no word of it flickers by. */
const WORTH_A_WORD_MS = 400;

/**
 * Says why there is no history, or not all of it, or that it is on its way.
 * @param {import("../lib/timeline.js").Timeline} timeline
 * @param {import("../lib/storage-status.js").Kept} kept
 */
export function createNote(timeline, kept) {
  const element = h("span", { class: "span-note", role: "status" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {import("../lib/storage-status.js").Answer | undefined} */
  let answer;
  /** @type {import("../lib/span.js").View | undefined} */
  let asked;
  const show = () => {
    const { past: { trouble, isLoading }, isPlain, bounds: [from] } = timeline;
    const lacking = trouble ? `History n/a: ${trouble.replace(/^n\/a, because /, "")}${isLoading ? "; trying again" : ""}`
      : answer ? caution(answer, from, timeline.now) : "";
    setText(element, isPlain ? "" : lacking || (isLoading ? "loading…" : ""));
    element.classList.toggle("fault", !isPlain && (trouble !== "" || answer?.ok === false && lacking !== ""));
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(show, timeline.past.isLoading && !timeline.past.trouble ? WORTH_A_WORD_MS : 0);
    if (timeline.view === asked || caution({ ok: false }, timeline.bounds[0], timeline.now) === "") return;
    asked = timeline.view; // Once: a display on a wall shows the same span for months.
    void kept.ask(now()).then((found) => {
      answer = found;
      show();
    }, () => undefined); // Then the history itself does not answer either, and that is said.
  };
  const stop = timeline.listen(changed);
  const remove = () => {
    clearTimeout(timer);
    stop();
  };
  return { element, remove };
}
