import { createChart } from "./chart.js";
import { h, setAttribute } from "./dom.js";
import { duration } from "./format.js";
import { SPANS } from "./span.js";

/** Right of the line, for what the style sheet writes there. */
const GUTTER = 58;
/** Whoever moved farther has drawn, and not clicked. */
const CLICKED_WITHIN = 6;

/**
 * A small chart that says how high and how long it is, and opens in place to a full one: by a click, or by Enter. Escape closes it.
 * @param {import("./live-feed.js").LiveFeed} feed
 * @param {import("./chart.js").ChartOptions & { fine?: number }} options fine: the least upper end of the full one
 */
export function createSmallChart(feed, options) {
  const small = { axis: false, gutter: GUTTER, least: options.least };
  const full = { axis: true, gutter: 0, least: options.fine ?? options.least };
  /** What is written already: to write figures costs more than to compare them. @type {unknown[]} */
  let noted = [];
  const chart = createChart(feed, { ...options, ...small, drawn: (top) => {
    const now = [top, chart.timeline.view.span, chart.options];
    if (now.every((each, index) => each === noted[index])) return;
    noted = now;
    note(chart, top);
  } });
  const { element } = chart;
  const close = h("button", { type: "button", class: "chart-close", text: "Close chart", "aria-label": `Close chart: ${options.label}` });
  /** @param {boolean} isOpen */
  const set = (isOpen) => {
    element.classList.toggle("small", !isOpen);
    element.classList.toggle("full", isOpen);
    setAttribute(element, "role", isOpen ? "img" : "button");
    setAttribute(element, "tabindex", isOpen ? undefined : "0");
    setAttribute(element, "aria-expanded", isOpen ? undefined : "false");
    chart.change(isOpen ? full : small);
    if (isOpen) element.after(close);
    else close.remove();
  };
  const open = () => {
    if (close.isConnected) return;
    set(true);
    close.focus({ preventScroll: true });
  };
  const shut = () => {
    if (!close.isConnected) return;
    set(false);
    element.focus({ preventScroll: true });
  };
  listen(element, open);
  close.addEventListener("click", shut);
  close.addEventListener("keydown", (event) => event.key === "Escape" && shut());
  set(false);
  const remove = () => {
    close.remove();
    chart.remove();
  };
  return { element, remove, chart };
}

/** @param {HTMLElement} element @param {() => void} open */
function listen(element, open) {
  let [left, top] = [0, 0];
  element.addEventListener("pointerdown", ({ clientX, clientY }) => {
    [left, top] = [clientX, clientY];
  });
  element.addEventListener("click", ({ clientX, clientY }) => Math.hypot(clientX - left, clientY - top) < CLICKED_WITHIN && open());
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  });
}

/** Writes the scale where the style sheet shows it. @param {import("./chart.js").Chart} chart @param {number} top */
function note({ element, options, timeline }, top) {
  setAttribute(element, "data-top", options.text(top));
  const { span } = timeline.view;
  setAttribute(element, "data-span", SPANS.find((one) => one.span === span)?.text ?? duration(span));
}
