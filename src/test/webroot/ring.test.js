import assert from "node:assert/strict";
import { test } from "node:test";
import { CAPACITY, History } from "../../../webroot/lib/history.js";
import { Ring } from "../../../webroot/lib/ring.js";

/** @param {Ring} ring */
const contents = (ring) => {
  /** @type {(number | null)[]} */
  const target = [];
  ring.copyTo(target);
  return target;
};

test("ringKeepsTheNewestInOrder", () => {
  const ring = new Ring(3);
  for (const value of [1, 2, 3, 4]) ring.push(value);
  assert.deepEqual(contents(ring), [2, 3, 4]);
  assert.equal(ring.last, 4);
});

test("unknownIsAGap", () => {
  const ring = new Ring(3);
  ring.push(1);
  ring.push(Number.NaN);
  assert.deepEqual(contents(ring), [null, 1, null]);
});

test("rangeIgnoresGaps", () => {
  const ring = new Ring(4);
  for (const value of [5, Number.NaN, -2]) ring.push(value);
  assert.deepEqual(ring.range(), { low: -2, high: 5 });
  assert.deepEqual(new Ring(2).range(), { low: Number.NaN, high: Number.NaN });
});

test("ringNeverGrows", () => {
  const ring = new Ring(5);
  ring.push(7, 1e9);
  assert.equal(contents(ring).length, 5);
});

const SECOND = 1000;
const START = 1_700_000_000_000;

test("quietLineAdvancesWithTime", () => {
  const history = new History();
  const { ring } = history.line((state) => state.n);
  for (let second = 0; second < 4; second++) history.sample(START + second * SECOND, { n: 8 });
  assert.deepEqual(contents(ring).slice(-5), [null, 8, 8, 8, 8]);
});

test("oneSecondIsNotedOnce", () => {
  const history = new History();
  const { ring } = history.line((state) => state.n);
  for (let call = 0; call < 5; call++) history.sample(START + call, { n: call });
  assert.deepEqual(contents(ring).slice(-2), [null, 0]);
});

test("staleTimeIsAGap", () => {
  const history = new History();
  const { ring } = history.line((state) => state.n);
  history.sample(START, { n: 1 });
  history.sample(START + 3 * SECOND, undefined);
  history.sample(START + 4 * SECOND, { n: 2 });
  assert.deepEqual(contents(ring).slice(-5), [1, null, null, null, 2]);
});

test("slowTimerOfAHiddenTabLeavesNoGapWhileLive", () => {
  const history = new History();
  const { ring } = history.line((state) => state.n);
  history.sample(START, { n: 1 });
  history.sample(START + 3 * SECOND, { n: 2 });
  assert.deepEqual(contents(ring).slice(-4), [1, 1, 1, 2]);
});

test("timeOfUnknownLengthIsAGap", () => {
  const history = new History();
  const { ring } = history.line((state) => state.n);
  history.sample(START, { n: 1 });
  history.gap();
  history.sample(START + SECOND, { n: 2 });
  assert.deepEqual(contents(ring).slice(-3), [1, null, 2]);
});

test("missingValueIsAGapAndARemovedLineIsForgotten", () => {
  const history = new History();
  const { ring, remove } = history.line((state) => state.n);
  history.sample(START, {});
  remove();
  history.sample(START + SECOND, { n: 1 });
  assert.deepEqual(contents(ring), new Array(CAPACITY).fill(null));
});
