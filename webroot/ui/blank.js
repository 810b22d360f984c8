import { createButton } from "../lib/full-page-card.js";
import { h, setText } from "../lib/dom.js";
import { createIcon } from "./icon.js";

/** Where there is nothing yet: what would be here, and how to get it. @param {string} title @param {string} text @param {...HTMLElement} ways buttons or links */
export function createEmpty(title, text, ...ways) {
  return createBlank("blank", createIcon("dash").element, title, h("p", { class: "quiet", text }), ...ways);
}

/**
 * Where something should be and is not: what went wrong, how to mend it, and a way to try again. It is read out when it comes up.
 * @param {string} title
 * @param {string} text
 * @param {() => void} [again]
 */
export function createFault(title, text, again) {
  const words = h("p", { text });
  const element = createBlank("blank blank-fault", createIcon("octagon").element, title, words, ...(again ? [createButton("Try again", again)] : []));
  element.setAttribute("role", "alert");
  const show = (/** @type {string} */ other) => setText(words, other);
  return { element, show };
}

/** While the first answer is on its way. @param {string} text */
export function createLoading(text) {
  return h("p", { class: "blank quiet", role: "status", text });
}

/** @param {string} kind @param {Element} icon @param {string} title @param {...HTMLElement} more */
function createBlank(kind, icon, title, ...more) {
  return h("div", { class: kind }, icon, h("p", { class: "blank-title", text: title }), ...more);
}
