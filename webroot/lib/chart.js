import uPlot from "../vendor/uPlot.esm.js";
import { h, setAttribute } from "./dom.js";
import { inFrame } from "./frame.js";
import { CAPACITY } from "./history.js";

/**
 * @typedef {object} Series
 * @property {string} tone the name of a design token, without dashes: "tone-user"
 * @property {(state: any) => number | undefined} read
 * @property {"soft" | "solid" | "none"} [fill]
 *
 * @typedef {object} ChartOptions
 * @property {string} label what the lines show, for those who cannot see them
 * @property {Series[]} series the first one is the one that the text alternative speaks of
 * @property {(value: number) => string} text
 * @property {number} [top] the scale's fixed upper end; without it the scale follows the data
 * @property {number} [least] the upper end never falls below this, so that noise does not look like a storm
 * @property {boolean} [axis]
 */

const SECONDS = Array.from({ length: CAPACITY }, (_, index) => index - CAPACITY + 1);
const FONT = "11px system-ui, sans-serif";
const SOFT_FILL = 0.16;

/**
 * A moving line of the last two minutes.
 * @param {import("./live-feed.js").LiveFeed} feed
 * @param {ChartOptions} options
 * @returns {{ element: HTMLElement, remove: () => void }}
 */
export function createChart(feed, options) {
  const element = h("div", { class: "chart", role: "img", "aria-label": `${options.label}: no figures yet` });
  const lines = options.series.map(({ read }) => feed.history.line(read));
  /** @type {any[]} */
  const data = [SECONDS, ...lines.map(() => new Array(CAPACITY).fill(null))];
  /** @type {uPlot | undefined} */
  let plot;
  let seen = false;

  const draw = () => {
    if (!seen || !plot) return;
    lines.forEach(({ ring }, index) => ring.copyTo(data[index + 1]));
    plot.setData(data);
    setAttribute(element, "aria-label", inWords(options, lines[0]?.ring));
  };
  const size = () => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width === 0 || height === 0) return;
    if (plot) plot.setSize({ width, height });
    else plot = new uPlot(plotOptions(options, width, height), data, element);
    draw();
  };
  const repaint = () => plot?.redraw(false);
  const ends = [
    feed.history.onTick(() => inFrame(draw)),
    whenResized(element, () => inFrame(size)),
    whenSeen(element, (now) => {
      seen = now;
      inFrame(draw);
    }),
    ...lines.map(({ remove }) => remove),
  ];
  addEventListener("pulseboard-theme", repaint);
  const remove = () => {
    removeEventListener("pulseboard-theme", repaint);
    ends.forEach((end) => end());
    plot?.destroy();
    element.remove();
  };
  return { element, remove };
}

/** @param {HTMLElement} element @param {() => void} act */
function whenResized(element, act) {
  const observer = new ResizeObserver(act);
  observer.observe(element);
  return () => observer.disconnect();
}

/** What is scrolled out of sight is not drawn. @param {HTMLElement} element @param {(seen: boolean) => void} act */
function whenSeen(element, act) {
  const observer = new IntersectionObserver((entries) => act(entries.at(-1)?.isIntersecting ?? false), {
    rootMargin: "200px",
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** @param {ChartOptions} options @param {import("./ring.js").Ring | undefined} ring */
function inWords({ label, text }, ring) {
  const { low, high } = ring?.range() ?? { low: Number.NaN, high: Number.NaN };
  if (!ring || Number.isNaN(low)) return `${label}: no figures yet`;
  const now = Number.isNaN(ring.last) ? "not known" : text(ring.last);
  return `${label}, last two minutes: now ${now}, lowest ${text(low)}, highest ${text(high)}`;
}

/** @param {string} token */
function color(token) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
}

/** @param {Series} series @returns {uPlot.Series} */
function plotSeries({ tone, fill = "soft" }) {
  const faint = (/** @type {string} */ value) => `${value}${Math.round(SOFT_FILL * 255).toString(16)}`;
  /** @type {uPlot.Series} */
  const series = { stroke: () => color(tone), width: 1.5, points: { show: false }, spanGaps: false };
  if (fill === "soft") series.fill = () => faint(color(tone));
  if (fill === "solid") series.fill = () => color(`${tone}-fill`);
  return series;
}

/** @param {ChartOptions} options @param {number} width @param {number} height @returns {uPlot.Options} */
function plotOptions({ series, text, top, least = 0, axis = false }, width, height) {
  const line = { stroke: () => color("chart-grid"), width: 1 };
  return {
    width,
    height,
    padding: axis ? [8, 0, 0, 0] : [2, 0, 2, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: [1 - CAPACITY, 0] },
      y: { range: (_plot, _low, high) => [0, top ?? Math.max(least, (high ?? 0) * 1.1)] },
    },
    axes: [
      {
        show: axis, size: 18, gap: 4, font: FONT, stroke: () => color("muted"), grid: line, ticks: { show: false },
        splits: () => [-90, -60, -30], values: () => ["−90 s", "−60 s", "−30 s"],
      },
      {
        show: axis, side: 1, size: 44, gap: 6, space: 34, font: FONT,
        stroke: () => color("muted"), grid: line, ticks: { show: false },
        values: (_plot, splits) => splits.map(text),
      },
    ],
    series: [{}, ...series.map(plotSeries)],
  };
}
