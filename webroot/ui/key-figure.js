import { createPlainFigure } from "../lib/card.js";
import { h, setAttribute, setHidden, setText } from "../lib/dom.js";
import { createBadge } from "./badge.js";

/**
 * One number that matters, with its name, and with a state where it has one.
 * @param {string} name
 */
export function createKeyFigure(name) {
  const figure = createPlainFigure();
  const badge = createBadge();
  const note = h("span", { class: "key-note" });
  const term = h("dt", {}, h("span", { text: name }));
  const element = h("div", { class: "key-figure" }, term, h("dd", {}, figure.element, badge.element), h("dd", { class: "key-more" }, note));
  /** @param {string | undefined} text undefined: not known @param {{ state?: string, word?: string, note?: string }} [more] */
  const show = (text, { state, word, note: said = "" } = {}) => {
    figure.show(text ?? "n/a");
    figure.element.classList.toggle("missing", text === undefined);
    setHidden(badge.element, state === undefined);
    if (state !== undefined) badge.show(state, word);
    setAttribute(element, "data-state", state);
    setText(note, said);
  };
  show("…");
  return { element, show };
}

/** Side by side, as many as there is room for. @param {string} label @param {...{ element: HTMLElement }} figures */
export function createKeyFigures(label, ...figures) {
  return h("dl", { class: "key-figures", "aria-label": label }, ...figures.map(({ element }) => element));
}
