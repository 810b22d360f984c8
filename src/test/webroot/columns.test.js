import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, range } from "../../../webroot/lib/chart-data.js";
import { Columns } from "../../../webroot/lib/columns.js";
import { readBuckets } from "../../../webroot/lib/documents.js";
import { CAPACITY, History } from "../../../webroot/lib/history.js";
import { seriesName } from "../../../webroot/lib/series-name.js";

/** @typedef {import("../../../webroot/lib/history.js").Line} Line */

const STEP = 10_000;
const FROM = 1_700_000_000_000;
const busy = (/** @type {any} */ state) => state.cpu?.busyPercent;
/** @param {(number | null)[]} average @param {(number | null)[]} [min] @param {(number | null)[]} [max] */
const column = (average, min = average, max = average) => ({ min, average, max });
/** @param {Record<string, ReturnType<typeof column>>} series @param {number} count */
const answer = (series, count) => ({ from: FROM, to: FROM + count * STEP, stepMilliseconds: STEP, series });

/** @param {Columns} columns @param {Line} line */
function contents(columns, line) {
  const band = columns.of(line);
  return [band?.low, band?.middle, band?.high].map((values) => [...(values ?? [])].map((value) => Number.isNaN(value) ? null : value));
}

/** @param {(number | null)[]} average */
function oneLine(average) {
  const line = new History().line(busy, ["cpu.busyPercent"]);
  const now = FROM + average.length * STEP - 1;
  return { line, columns: new Columns(answer({ "cpu.busyPercent": column(average) }, average.length), [line], now) };
}

test("readerOfTheLiveDocumentReadsEachBucketOfThePast", () => {
  const series = {
    [seriesName("filesystems", "/", "usedPercent")]: column([10, 90, null]),
    [seriesName("filesystems", "/mnt/a.b,c*%", "usedPercent")]: column([20, 30, null]),
  };
  const fullest = (/** @type {any} */ state) => {
    const known = Object.values(state.filesystems).map((one) => one.usedPercent).filter((used) => used !== undefined);
    return known.length > 0 ? Math.max(...known) : undefined;
  };
  const named = (/** @type {any} */ state) => state.filesystems["/mnt/a.b,c*%"].usedPercent;
  const found = readBuckets(series, "average", [fullest, named], 3).map((values) => [...values]);
  assert.deepEqual(found, [[20, 90, Number.NaN], [20, 30, Number.NaN]]);
});

test("keyOfASeriesCannotReachBeyondItsDocument", () => {
  readBuckets({ "__proto__.hacked": column([1]) }, "average", [() => 0], 1);
  assert.equal(/** @type {any} */ ({}).hacked, undefined);
});

test("gapOfTheAnswerIsAGapOfTheLine", () => {
  const { line, columns } = oneLine([1, null, 3]);
  assert.deepEqual(contents(columns, line)[1], [1, null, 3]);
});

test("liveFiguresGoOnWhereTheAnswerEnds", () => {
  const { line, columns } = oneLine([1, 2, 3]);
  for (let second = 0; second < 12; second++) columns.note(FROM + 3 * STEP + second * 1000, { cpu: { busyPercent: 40 + second } });
  assert.equal(columns.from, FROM + 2 * STEP, "two buckets came, two went");
  assert.deepEqual(contents(columns, line), [[3, 40, 50], [3, 44.5, 50.5], [3, 49, 51]]);
});

test("figuresOfTheBucketThatTheAnswerEndsInCountWithThoseOfTheServer", () => {
  const line = new History().line(busy);
  const columns = new Columns(answer({ "cpu.busyPercent": column([10, 20]) }, 2), [line], FROM + STEP + 4_000);
  columns.note(FROM + STEP + 4_000, { cpu: { busyPercent: 70 } });
  assert.deepEqual(contents(columns, line), [[10, 20], [10, 30], [10, 70]], "four seconds of 20 and one of 70");
});

test("timeWithoutFiguresIsAGapAndAHiddenTabIsNone", () => {
  const { line, columns } = oneLine([1, 2, 3, 4]);
  columns.note(FROM + 4 * STEP, undefined);
  columns.note(FROM + 6 * STEP, { cpu: { busyPercent: 7 } });
  assert.deepEqual(contents(columns, line)[1], [4, null, null, 7]);
  columns.note(FROM + 8 * STEP, { cpu: { busyPercent: 9 } });
  assert.deepEqual(contents(columns, line)[1], [null, 7, 7, 9], "while the feed is live, a figure that is not told has not changed");
});

test("timeOfUnknownLengthIsAGap", () => {
  const { line, columns } = oneLine([1, 2, 3, 4]);
  columns.gap();
  columns.note(FROM + 6 * STEP, { cpu: { busyPercent: 7 } });
  assert.deepEqual(contents(columns, line)[1], [null, null, null, 7]);
});

test("columnsNeverGrow", () => {
  const { line, columns } = oneLine([1, 2]);
  for (let bucket = 2; bucket < 1_000; bucket++) columns.note(FROM + bucket * STEP, { cpu: { busyPercent: bucket } });
  assert.deepEqual(contents(columns, line)[1], [998, 999]);
  columns.note(FROM + 1e9 * STEP, { cpu: { busyPercent: 1 } });
  assert.equal(columns.of(line)?.middle.length, 2);
});

test("linesOfThePastDoNotGoOnUpToNow", () => {
  const { line, columns } = oneLine([1, 2, 3]);
  columns.pause();
  columns.note(FROM + 4 * STEP, { cpu: { busyPercent: 9 } });
  assert.deepEqual(contents(columns, line)[1], [3, null, 9]);
  columns.note(FROM + 5 * STEP, { cpu: { busyPercent: 8 } });
  assert.deepEqual(contents(columns, line)[1], [null, 9, 8]);
});

test("clockThatStepsBackDestroysNothing", () => {
  const { line, columns } = oneLine([1, 2]);
  assert.equal(columns.note(FROM, { cpu: { busyPercent: 99 } }), false);
  assert.deepEqual(contents(columns, line)[1], [1, 2]);
});

test("bandIsDrawnWhereAPointStandsForMoreThanASecond", () => {
  const line = new History().line(busy);
  const traces = /** @type {const} */ (["high", "low", "middle"]).map((edge) => ({ line, edge }));
  const series = { "cpu.busyPercent": column([5, null], [1, null], [9, null]) };
  /** @param {number} step */
  const drawn = (step) => {
    const columns = new Columns({ ...answer(series, 2), stepMilliseconds: step, to: FROM + 2 * step }, [line], FROM + 2 * step - 1);
    /** @type {(number | null)[][]} */
    const data = [[], [], [], []];
    fill(/** @type {any} */ ({ columns, step, now: FROM }), traces, data);
    return data;
  };
  assert.deepEqual(drawn(STEP), [[FROM + STEP / 2, FROM + STEP * 1.5], [9, null], [1, null], [5, null]]);
  assert.deepEqual(drawn(1_000).slice(1), [[null, null], [null, null], [5, null]]);
});

test("withoutAnAnswerThePagesOwnTwoMinutesAreDrawn", () => {
  const history = new History();
  const line = history.line(busy);
  history.sample(FROM, { cpu: { busyPercent: 3 } });
  /** @type {(number | null)[][]} */
  const data = [[], []];
  fill(/** @type {any} */ ({ step: 1_000, now: FROM }), [{ line, edge: "middle" }], data);
  assert.equal(data[0]?.[0], FROM - 120_000);
  assert.equal(data[0]?.at(-1), FROM);
  assert.equal(data[1]?.at(-1), 3);
  assert.equal(data[1]?.length, CAPACITY);
});

test("serverRemembersWhatThisPageHasNotSeenAndOverwritesNothing", () => {
  const history = new History();
  const line = history.line(busy);
  const [ahead, now] = [3_600_000, FROM + 20_000];
  history.sample(now - 1_000, { cpu: { busyPercent: 50 } });
  history.sample(now, { cpu: { busyPercent: 51 } });
  const values = Array.from({ length: 20 }, (_, index) => index);
  const columns = new Columns({ from: FROM + ahead, to: now + ahead, stepMilliseconds: 1_000, series: { "cpu.busyPercent": column(values) } }, [line], now + ahead);
  history.mend(columns, ahead);
  assert.deepEqual(Array.from({ length: 5 }, (_, index) => line.ring.at(CAPACITY - 5 + index)), [16, 17, 18, 50, 51]);
  assert.ok(Number.isNaN(line.ring.at(CAPACITY - 22)), "older than the answer");
});

test("rangeKnowsNothingOfGaps", () => {
  assert.deepEqual(range([null, 4, -2, null]), { low: -2, high: 4, last: Number.NaN });
  assert.deepEqual(range([null]), { low: Number.NaN, high: Number.NaN, last: Number.NaN });
});
