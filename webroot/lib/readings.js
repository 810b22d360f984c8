import { range } from "./chart-data.js";
import { interval } from "./time.js";

/**
 * @typedef {import("./chart.js").ChartOptions} ChartOptions
 * @typedef {import("./chart-data.js").Trace} Trace
 * @typedef {import("./timeline.js").Timeline} Timeline
 * @typedef {{ name: string, tone: string, text: string, spread?: string }} Reading one line of a chart at one moment, and its lowest and highest there
 */

/**
 * @param {ChartOptions} options
 * @param {Trace[]} traces
 * @param {(number | null)[][]} data
 * @param {number} index
 * @returns {Reading[]} what the lines say at this point, as far as they say anything
 */
export function readingsAt({ series, text, stacked = false }, traces, data, index) {
  const lines = [...new Set(traces.map(({ line }) => line))];
  const value = (/** @type {number} */ at, /** @type {string} */ edge) => {
    const trace = traces.findIndex((one) => one.line === lines[at] && one.edge === edge);
    return trace < 0 ? null : data[trace + 1]?.[index] ?? null;
  };
  return series.flatMap(({ name, tone, band }, at) => {
    const [low, middle, high] = [value(at, "low"), value(at, "middle"), value(at, "high")];
    const ends = low === null || high === null ? [] : [text(low), text(high)];
    const spread = ends[0] === ends[1] ? undefined : ends.join(" – ");
    if (band === "only") return ends[0] === undefined ? [] : [{ name, tone, text: spread ?? ends[0] }];
    if (middle === null) return [];
    // A layer is drawn on top of those below, which follow it.
    const own = stacked && series[at + 1] ? Math.max(0, middle - (value(at + 1, "middle") ?? 0)) : middle;
    return [{ name, tone, text: text(own), spread }];
  });
}

/** A chart for those who cannot see it. @param {ChartOptions} options @param {Timeline} timeline @param {Trace[]} traces @param {(number | null)[][]} data */
export function inWords({ label, text }, timeline, traces, data) {
  const of = (/** @type {string} */ edge) => {
    // The first series may be a band alone, of what the next one has the line of.
    const at = traces.findIndex((one) => one.edge === edge);
    return range(at < 0 ? [] : data[at + 1] ?? []);
  };
  const { low, high, last } = of("middle");
  if (Number.isNaN(low)) return `${label}: no figures yet`;
  const known = (/** @type {number} */ value, /** @type {number} */ otherwise) => text(Number.isNaN(value) ? otherwise : value);
  const now = timeline.view.to !== undefined ? "" : `now ${Number.isNaN(last) ? "not known" : text(last)}, `;
  return `${label}, ${timeline.isPlain ? "last two minutes" : interval(...timeline.bounds)}: ${now}lowest ${known(of("low").low, low)}, highest ${known(of("high").high, high)}`;
}
