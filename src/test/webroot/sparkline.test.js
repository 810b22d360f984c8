import assert from "node:assert/strict";
import { test } from "node:test";
import { Ring } from "../../../webroot/lib/ring.js";
import { line, roof } from "../../../webroot/lib/sparkline.js";

/** @param {number[]} values */
function ring(values) {
  const made = new Ring(values.length);
  for (const value of values) made.push(value);
  return made;
}

test("lineRunsFromLeftToRightAndLowIsBelow", () => {
  assert.equal(line(ring([0, 50, 100]), 100), "M0 100h0L30 50L60 0");
});

test("unknownNumbersAreGapsAndALoneOneIsADot", () => {
  assert.equal(line(ring([Number.NaN, 50, Number.NaN, 0, 0]), 100), "M15 50h0M45 100h0L60 100");
  assert.equal(line(new Ring(3), 100), "");
});

test("numbersBeyondTheEdgeStayInside", () => {
  assert.equal(line(ring([-5, 500]), 100), "M0 100h0L60 0");
});

test("thereIsAlwaysARoof", () => {
  assert.equal(roof(Number.NaN), 1);
  assert.equal(roof(0), 1);
  assert.ok(roof(10) > 10);
});
