import { h, setAttribute, setText } from "../lib/dom.js";
import { createIcon } from "./icon.js";

/** @typedef {import("./icon.js").IconName} IconName */

/**
 * What something can be, by colour, sign and word. Boards name their own states: what is not here is "unknown", with the board's word.
 * @type {Record<string, { icon: IconName, tone: string, word: string }>}
 */
const STATES = {
  ok: { icon: "check", tone: "good", word: "ok" },
  done: { icon: "check", tone: "good", word: "done" },
  info: { icon: "circle", tone: "info", word: "info" },
  running: { icon: "arrows", tone: "info", word: "running" },
  waiting: { icon: "pause", tone: "unknown", word: "waiting" },
  paused: { icon: "pause", tone: "unknown", word: "paused" },
  off: { icon: "dash", tone: "unknown", word: "off" },
  unknown: { icon: "question", tone: "unknown", word: "unknown" },
  warning: { icon: "triangle", tone: "warning", word: "warning" },
  critical: { icon: "octagon", tone: "alarm", word: "critical" },
  failed: { icon: "octagon", tone: "alarm", word: "failed" },
};

/** The tone, sign and word of a state. @param {string | undefined} state */
export function stateOf(state = "unknown") {
  return STATES[Object.hasOwn(STATES, state) ? state : "unknown"] ?? { icon: /** @type {IconName} */ ("question"), tone: "unknown", word: "unknown" };
}

/** A state as a small badge. @param {string} [state] @param {string} [word] instead of the usual one: chosen by others, text only */
export function createBadge(state, word) {
  const icon = createIcon("question");
  const text = h("span");
  const element = h("span", { class: "state" }, icon.element, text);
  /** @param {string | undefined} now @param {string} [itsWord] */
  const show = (now, itsWord) => {
    const { icon: sign, tone, word: usual } = stateOf(now);
    icon.show(sign);
    setAttribute(element, "data-tone", tone);
    setText(text, itsWord ?? usual);
  };
  show(state, word);
  return { element, show };
}
