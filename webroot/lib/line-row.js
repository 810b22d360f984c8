import { h } from "./dom.js";

/**
 * One thing in one row: its name, its line, its figures. The style sheet puts them side by side where there is room.
 * @param {object} parts
 * @param {string} parts.name chosen by others: text only
 * @param {HTMLElement} parts.chart
 * @param {{ sign: string, title: string, tone?: string, figure: HTMLElement }[]} parts.figures
 * @param {HTMLElement[]} [parts.more]
 * @param {HTMLElement} [parts.label]
 */
export function createLineRow({ name, chart, figures, more = [], label }) {
  const head = h("div", { class: "row-head" }, h("span", { class: "row-name", text: name, title: name }));
  if (label) head.append(label);
  const pair = figures.map(({ sign, title, tone = "", figure }) =>
    h("span", { class: "pair-part" }, h("span", { class: `way ${tone}`, text: sign, title }), figure));
  return h("li", { class: "row line-row" }, head, chart, h("div", { class: "pair" }, ...pair), ...more);
}
