import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, readingsAt } from "../../../webroot/lib/readings.js";

/** @typedef {import("../../../webroot/lib/chart.js").ChartOptions} ChartOptions */

const text = (/** @type {number} */ value) => `${value} %`;
/** @param {string} name @param {"both" | "none" | "only"} [band] */
const series = (name, band) => ({ name, tone: `tone-${name}`, read: () => 0, from: [], band });
const [one, two, three] = /** @type {any[]} */ ([{ line: 1 }, { line: 2 }, { line: 3 }]);
/** A band alone, and two layers of which the first is the sum of both. @type {ChartOptions} */
const STACKED = { label: "CPU in use", text, stacked: true, series: [series("busy", "only"), series("system", "none"), series("user", "none")] };
const LAYERS = [{ line: one, edge: "high" }, { line: one, edge: "low" }, { line: two, edge: "middle" }, { line: three, edge: "middle" }];
const traces = /** @type {import("../../../webroot/lib/chart-data.js").Trace[]} */ (LAYERS);

test("layerIsReadWithoutThoseBelowIt", () => {
  const data = [[0], [90], [10], [50], [30]];
  assert.deepEqual(readingsAt(STACKED, traces, data, 0).map((reading) => [reading.name, reading.text]),
    [["busy", "10 % – 90 %"], ["system", "20 %"], ["user", "30 %"]]);
});

test("gapHasNoReadingAndOneFigureNoSpread", () => {
  assert.deepEqual(readingsAt(STACKED, traces, [[0], [null], [null], [null], [null]], 0), []);
  /** @type {ChartOptions} */
  const options = { label: "Memory", text, series: [series("used")] };
  const both = /** @type {any} */ ([{ line: one, edge: "high" }, { line: one, edge: "low" }, { line: one, edge: "middle" }]);
  assert.deepEqual(readingsAt(options, both, [[0], [5], [5], [5]], 0), [{ name: "used", tone: "tone-used", text: "5 %", spread: undefined }]);
  assert.equal(readingsAt(options, both, [[0], [9], [5], [6]], 0)[0]?.spread, "5 % – 9 %");
});

test("chartIsToldInWordsByItsLowestAndHighestAndNotByItsAverages", () => {
  const live = /** @type {any} */ ({ isPlain: true, view: {}, bounds: [0, 1] });
  const past = /** @type {any} */ ({ isPlain: false, view: { to: 1 }, bounds: [0, 86_400_000 * 3] });
  const data = [[0, 1], [90, 95], [10, 5], [50, 60], [30, 30]];
  assert.equal(inWords(STACKED, live, traces, data), "CPU in use, last two minutes: now 60 %, lowest 5 %, highest 95 %");
  assert.match(inWords(STACKED, past, traces, data), /^CPU in use, .* 1970 – .* 1970: lowest 5 %, highest 95 %$/);
  const withoutBand = [[0, 1], [null, null], [null, null], [50, 60], [30, 30]];
  assert.equal(inWords(STACKED, live, traces, withoutBand), "CPU in use, last two minutes: now 60 %, lowest 50 %, highest 60 %");
  assert.equal(inWords(STACKED, live, traces.slice(2), [[0], [null], [null]]), "CPU in use: no figures yet");
  assert.equal(inWords({ ...STACKED, series: STACKED.series.slice(1) }, live, traces.slice(2), [[1_700_000_000_000], [7], [3]]),
    "CPU in use, last two minutes: now 7 %, lowest 7 %, highest 7 %");
});
