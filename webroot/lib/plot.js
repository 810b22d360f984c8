import uPlot from "../vendor/uPlot.esm.js";
import { color } from "./colors.js";
import { marksPlugin } from "./marks.js";
import { marks } from "./time.js";

/**
 * @typedef {import("./chart.js").Series} Series
 * @typedef {import("./chart.js").ChartOptions} ChartOptions
 * @typedef {import("./chart-data.js").Trace} Trace
 * @typedef {import("./timeline.js").Timeline} Timeline
 */

const FONT = "11px system-ui, sans-serif";
const [SOFT_FILL, BAND_FILL, BAND_EDGE] = ["29", "40", "8c"];
const POINT = 3;

/** The strokes of a chart, in the order in which they are drawn: a band is below its line. @param {Series[]} series @param {import("./history.js").Line[]} lines @returns {Trace[]} */
export function tracesOf(series, lines) {
  /** @type {Record<string, Trace["edge"][]>} */
  const edges = { none: ["middle"], only: ["high", "low"], both: ["high", "low", "middle"] };
  return series.flatMap(({ band = "both" }, index) => (edges[band] ?? []).map((edge) => {
    const line = lines[index];
    if (!line) throw new Error("each series has its line");
    return { line, edge };
  }));
}

/** @param {Series[]} series @param {import("./history.js").Line[]} lines @param {Trace[]} traces */
function strokes(series, lines, traces) {
  return traces.map(({ line, edge }) => {
    const one = /** @type {Series} */ (series[lines.indexOf(line)]);
    return edge === "middle" ? middle(one) : rim(one, edge);
  });
}

/** @param {Series} series @returns {uPlot.Series} */
function middle({ tone, fill = "soft" }) {
  /** @type {uPlot.Series} */
  const stroke = { stroke: () => color(tone), width: 1.5, points: lonely(tone), spanGaps: false };
  if (fill === "soft") stroke.fill = () => color(tone) + SOFT_FILL;
  if (fill === "solid") stroke.fill = () => color(`${tone}-fill`);
  return stroke;
}

/** The upper rim is drawn, since a peak of one bucket is narrower than a pixel. @param {Series} series @param {"low" | "high"} edge @returns {uPlot.Series} */
function rim({ tone }, edge) {
  const isUpper = edge === "high";
  return { stroke: isUpper ? () => color(tone) + BAND_EDGE : undefined, width: isUpper ? 1 : 0, points: { show: false }, spanGaps: false };
}

/** A figure between two gaps has no line: it is a dot. @param {string} tone @returns {uPlot.Series.Points} */
function lonely(tone) {
  return {
    show: false, size: POINT, width: 0, fill: () => color(tone),
    filter: (plot, index) => {
      const values = plot.data[index] ?? [];
      const alone = [];
      for (let at = 0; at < values.length; at++) {
        if (values[at] != null && values[at - 1] == null && values[at + 1] == null) alone.push(at);
      }
      return alone.length > 0 ? alone : null;
    },
  };
}

/** @param {Series[]} series @param {import("./history.js").Line[]} lines @param {Trace[]} traces @returns {uPlot.Band[]} */
function bands(series, lines, traces) {
  return traces.flatMap(({ line, edge }, index) => edge !== "high" ? [] : [{
    series: /** @type {[number, number]} */ ([index + 1, index + 2]),
    fill: () => color(series[lines.indexOf(line)]?.tone ?? "muted") + BAND_FILL,
  }]);
}

/**
 * @param {ChartOptions} options
 * @param {{ timeline: Timeline, lines: import("./history.js").Line[], traces: Trace[] }} content
 * @param {{ width: number, height: number }} size
 * @returns {uPlot.Options} without what listens to the mouse
 */
export function plotOptions({ series, text, top, least = 0, roof, axis = false, gutter = 0, hasWords = false }, { timeline, lines, traces }, size) {
  const line = { stroke: () => color("chart-grid"), width: 1 };
  const rounded = roof ?? ((/** @type {number} */ value) => value);
  const common = { show: axis, font: FONT, stroke: () => color("muted"), ticks: { show: false } };
  return {
    ...size,
    ms: 1,
    padding: axis ? [8, 0, 0, 0] : [2, gutter, 2, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: () => timeline.bounds },
      y: { range: (_plot, _low, high) => [0, top ?? rounded(Math.max(least, (high ?? 0) * 1.1))] },
    },
    axes: [
      { ...common, ...clockAxis(timeline, line) },
      { ...common, side: 1, size: labelWidth, gap: 6, space: 34, grid: line, values: (_plot, splits) => splits.map(text), ...(roof && { splits: halves }) },
      { ...common, ...agoAxis(timeline, line) },
    ],
    series: [{}, ...strokes(series, lines, traces)],
    bands: bands(series, lines, traces),
    plugins: [marksPlugin(() => timeline.pointing.marks, hasWords)],
  };
}

/** Round figures in the units of a scale that ends at one: uPlot knows no KiB. @param {uPlot} _plot @param {number} _axis @param {number} low @param {number} high */
function halves(_plot, _axis, low, high) {
  return [low, (low + high) / 2, high];
}

/** @param {uPlot} _plot @param {string[] | null} labels */
function labelWidth(_plot, labels) {
  return Math.max(44, ...(labels ?? []).map((label) => label.length * 7 + 4));
}

const MARKS = { scale: "x", side: /** @type {const} */ (2), gap: 4 };
const AXIS = 18;
const AGO = [90, 60, 30];

/** All spans but the last two minutes are told by the clock. @param {Timeline} timeline @param {uPlot.Axis.Grid} line @returns {uPlot.Axis} */
function clockAxis(timeline, line) {
  /** @type {uPlot.Axis.Filter} */
  const filter = (_plot, splits) => timeline.isPlain ? splits.map(() => null) : splits;
  return {
    ...MARKS, size: () => timeline.isPlain ? 0 : AXIS, space: 72, grid: { ...line, filter }, filter,
    // Half of the first would be cut off.
    values: (plot, splits, _axis, _space, apart) => timeline.isPlain ? [] : marks(splits, apart).map((mark, index) =>
      plot.valToPos(splits[index] ?? 0, "x") < mark.length * 3 ? "" : mark),
  };
}

/** @param {Timeline} timeline @param {uPlot.Axis.Grid} line @returns {uPlot.Axis} */
function agoAxis(timeline, line) {
  return {
    ...MARKS, size: () => timeline.isPlain ? AXIS : 0, grid: line,
    splits: () => timeline.isPlain ? AGO.map((seconds) => timeline.bounds[1] - seconds * 1000) : [],
    values: () => timeline.isPlain ? AGO.map((seconds) => `−${seconds} s`) : [],
  };
}
