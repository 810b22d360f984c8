import { CAPACITY } from "./history.js";

/**
 * @typedef {import("./timeline.js").Timeline} Timeline
 * @typedef {import("./history.js").Line} Line
 * @typedef {"low" | "middle" | "high"} Edge
 * @typedef {{ line: Line, edge: Edge }} Trace one stroke of a chart
 */

/**
 * Writes what a chart draws into arrays that it keeps: the moments, then one array for each trace.
 * @param {Timeline} timeline
 * @param {Trace[]} traces
 * @param {(number | null)[][]} data
 */
export function fill({ columns, now, step }, traces, [moments = [], ...values]) {
  const count = columns?.count ?? CAPACITY;
  // A point stands for a bucket, and so in its middle; what the page itself has noted was so at that second.
  const first = columns ? columns.from + step / 2 : now - (CAPACITY - 1) * 1_000;
  for (let index = 0; index < count; index++) moments[index] = first + index * step;
  moments.length = count;
  traces.forEach(({ line, edge }, number) => {
    const target = values[number] ?? [];
    target.length = count;
    if (columns) copy(isWorth(edge, step) ? columns.of(line)?.[edge] : undefined, target);
    else if (edge === "middle") line.ring.copyTo(target);
    else target.fill(null);
  });
}

/** One second has one figure: there lowest and highest are the same. @param {Edge} edge @param {number} step */
function isWorth(edge, step) {
  return edge === "middle" || step > 1_000;
}

/** @param {Float64Array | undefined} values @param {(number | null)[]} target */
function copy(values, target) {
  for (let index = 0; index < target.length; index++) {
    const value = values?.[index] ?? Number.NaN;
    target[index] = Number.isNaN(value) ? null : value;
  }
}

/** @param {(number | null)[]} values those of one trace @returns {{ low: number, high: number, last: number }} NaN where nothing is known */
export function range(values) {
  let [low, high] = [Number.NaN, Number.NaN];
  for (const value of values) {
    if (value === null) continue;
    if (!(value > low)) low = value;
    if (!(value < high)) high = value;
  }
  return { low, high, last: values.at(-1) ?? Number.NaN };
}

/** The average of what the page has of a line between two moments. @param {Timeline} timeline @param {Line | undefined} line @param {number} from Unix ms @param {number} to */
export function averageBetween(timeline, line, from, to) {
  if (!line) return undefined;
  /** @type {[number[], (number | null)[]]} */
  const [moments, values] = [[], []];
  fill(timeline, [{ line, edge: "middle" }], [moments, values]);
  const half = timeline.columns ? timeline.step / 2 : 0;
  const known = values.filter((value, index) => value !== null && (moments[index] ?? 0) + half > from && (moments[index] ?? 0) - half <= to);
  return known.length === 0 ? undefined : known.reduce((/** @type {number} */ sum, value) => sum + (value ?? 0), 0) / known.length;
}
