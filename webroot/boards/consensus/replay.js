import { h, setAttribute, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { createStage } from "./stage.js";
import { counted, MEANINGS, sentence } from "./words.js";

/** @typedef {import("./words.js").Run} Run */

const STEP_MS = 1_200;

/** A record, step by step or at any speed. */
export function createReplay() {
  /** @type {Run | undefined} */
  let run;
  let step = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  const stage = createStage();
  const now = h("p", { class: "consensus-now", role: "status" });
  const meaning = h("p", { class: "quiet" });
  const count = h("p", { class: "quiet" });
  const list = h("ol", { class: "consensus-list" });
  const speed = h("select", { "aria-label": "Speed" }, ...[["0.5", "half"], ["1", "normal"], ["3", "fast"]].map(([value, text]) => h("option", { value, text })));
  speed.value = "1";

  const show = () => {
    if (!run) return;
    stage.show(run, step);
    const message = run.record[step - 1];
    setText(now, message ? sentence(message, run.head) : "Nothing was sent yet.");
    setText(meaning, message ? `${message.kind}: ${MEANINGS[message.kind] ?? ""}` : "");
    setText(count, `Step ${number(step)} of ${number(run.record.length)}${message ? `, ${number(message.atMilliseconds, 1)}\u202fms after the beginning` : ""}. Messages so far: ${number(counted(run, step))}; without the owner's first ballot three nodes take 12.`);
    [...list.children].forEach((item, index) => setAttribute(item, "aria-current", index === step - 1 ? "step" : undefined));
  };
  const pause = () => {
    clearInterval(timer);
    timer = undefined;
    setText(play, "Play");
  };
  const to = (/** @type {number} */ wanted) => {
    step = Math.min(run?.record.length ?? 0, Math.max(0, wanted));
    if (step === run?.record.length) pause();
    show();
  };
  /** @param {string} text @param {() => void} act */
  const button = (text, act) => {
    const element = h("button", { type: "button", text });
    element.addEventListener("click", act);
    return element;
  };
  const start = () => {
    pause();
    if (step === run?.record.length) step = 0;
    setText(play, "Pause");
    timer = setInterval(() => to(step + 1), STEP_MS / Number(speed.value));
  };
  const play = button("Play", () => (timer === undefined ? start() : pause()));
  speed.addEventListener("change", () => timer !== undefined && start());
  const acts = h("div", { class: "lab-acts" }, play, button("Back", () => (pause(), to(step - 1))), button("Next", () => (pause(), to(step + 1))), button("Reset", () => (pause(), to(0))), speed);
  const element = h("div", { class: "consensus-replay", hidden: "" }, acts, now, meaning, stage.element, count, h("h3", { text: "The whole record" }), list);
  /** @param {Run} record */
  const open = (record) => {
    run = record;
    element.hidden = false;
    list.replaceChildren(...record.record.map((message) => h("li", { text: sentence(message, record.head) })));
    step = 0;
    show();
    start();
  };
  return { element, open, remove: pause };
}
