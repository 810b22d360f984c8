import { h } from "./dom.js";

/** The figures at the line below the mouse, inside their chart: on the other side, so that they do not hide it. */
export function createTag() {
  const element = h("div", { class: "chart-tag", hidden: "", "aria-hidden": "true" });
  /** @param {import("./readings.js").Reading[]} readings @param {boolean} isLeft where the line is */
  const show = (readings, isLeft) => {
    element.hidden = readings.length === 0;
    element.dataset.side = isLeft ? "right" : "left";
    element.replaceChildren(...readings.map(({ tone, text }) => h("span", { class: tone, text })));
  };
  return { element, show };
}
