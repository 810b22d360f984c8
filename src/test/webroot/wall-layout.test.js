import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut } from "../../../webroot/lib/wall-layout.js";

const GAP = 14;
/** Cards that need the same area whatever their width. @param {...number} areas in thousands of pixels */
const cards = (...areas) => (/** @type {number} */ width) => areas.map((area) => Math.ceil(area * 1_000 / width));
const room = (/** @type {number} */ width, /** @type {number} */ height) => ({ width, height, gap: GAP });

/** @param {import("../../../webroot/lib/wall-layout.js").Layout} layout @param {(width: number) => number[]} measure @param {{ width: number, height: number }} screen */
function assertAllIsVisible({ scale, pages }, measure, { width, height }) {
  const all = pages.flat(2);
  const count = measure(400).length;
  assert.deepEqual([...all].sort((a, b) => a - b), Array.from({ length: count }, (_, index) => index), "each card once");
  for (const page of pages) {
    const each = Math.floor((width / scale - GAP * (page.length - 1)) / page.length);
    for (const column of page) {
      const needed = column.reduce((sum, card) => sum + (measure(each)[card] ?? 0) + GAP, -GAP);
      assert.ok(needed * scale <= height + 1, `${needed * scale} of ${height}`);
    }
  }
}

test("fewCardsAreAsLargeAsTheScreenLetsThemBe", () => {
  const measure = cards(100, 100, 100);
  const layout = layOut(room(1920, 960), measure);
  assert.equal(layout.pages.length, 1);
  assert.ok(layout.scale > 1.5, String(layout.scale));
  assertAllIsVisible(layout, measure, { width: 1920, height: 960 });
});

test("oneCardHasTheWholeWidth", () => {
  const { pages } = layOut(room(1920, 960), cards(100));
  assert.deepEqual(pages, [[[0]]]);
});

test("sameScreenWithTwiceThePixelsShowsTheSameTwiceAsLarge", () => {
  const measure = cards(240, 260, 180, 90, 200, 150, 210);
  const [small, large] = [layOut(room(1920, 960), measure), layOut(room(3840, 1920), measure)];
  assert.deepEqual(large.pages, small.pages);
  assert.ok(Math.abs(large.scale / small.scale - 2) < 0.02);
});

test("ratherThanGettingTooSmallCardsTakeTurns", () => {
  const measure = cards(240, 260, 180, 90, 400, 350, 410, 380);
  const layout = layOut(room(1920, 960), measure);
  assert.ok(layout.pages.length > 1);
  assert.ok(layout.scale >= 1, String(layout.scale));
  assertAllIsVisible(layout, measure, { width: 1920, height: 960 });
  assert.equal(layout.pages[0]?.flat().includes(0), true, "the first stays on the first page");
});

test("cardThatIsHigherThanTheScreenDoesNotHideTheOthers", () => {
  const layout = layOut(room(1920, 960), (width) => [5_000, ...cards(200, 200)(width)]);
  assert.deepEqual(layout.pages.flat(2).sort(), [0, 1, 2]);
});

test("uprightScreenHasFewerColumns", () => {
  const measure = cards(240, 260, 180);
  const layout = layOut(room(1080, 1800), measure);
  assertAllIsVisible(layout, measure, { width: 1080, height: 1800 });
});
