import assert from "node:assert/strict";
import { test } from "node:test";
import { roundUp, roundUpBytes } from "../../../webroot/lib/scale.js";

test("scaleEndsAtARoundFigureJustAboveTheHighest", () => {
  assert.deepEqual([0, 1, 1.01, 7, 41, 412, 999, 1_001].map(roundUp), [1, 1, 1.5, 8, 60, 600, 1_000, 1_500]);
  const [kib, mib] = [2 ** 10, 2 ** 20];
  assert.deepEqual([0, 300, 1_000, kib + 1, 330 * kib, 900 * kib, 16.5 * mib].map(roundUpBytes), [1, 300, kib, 1.5 * kib, 400 * kib, mib, 20 * mib]);
});
