import assert from "node:assert/strict";
import { test } from "node:test";
import { between, bounds, fromQuery, isPlain, LIVE, pan, SPANS, toQuery, zoom } from "../../../webroot/lib/span.js";

const NOW = Date.UTC(2026, 10, 22, 10, 0, 0);
const HOUR = 3_600_000;
const TWO_YEARS = 730 * 24 * HOUR;
/** @param {string} text */
const query = (text) => new URLSearchParams(text);

test("linkShowsTheSameSpanAgain", () => {
  for (const view of [...SPANS.map(({ span }) => ({ span })), { span: HOUR, to: NOW - 5 * HOUR }, { span: 95_000, to: NOW - 1_000 }]) {
    assert.deepEqual(fromQuery(toQuery(view, query("")), NOW), view);
  }
  assert.equal(String(toQuery({ span: 6 * HOUR, to: NOW - HOUR }, query(""))), "span=6h&to=2026-11-22T09%3A00%3A00Z");
});

test("addressOfThePageAsItOpensSaysNothingAndKeepsWhatOthersPutThere", () => {
  assert.equal(String(toQuery({ span: LIVE }, query("lang=de&span=6h&to=2026-11-22T08:00:00Z"))), "lang=de");
});

test("addressThatCannotBeReadShowsThePageAsItOpens", () => {
  for (const text of ["", "span=", "span=-1h", "span=1e9h", "span=constructor", "to=soon", "span=5w&to=NaN"]) {
    assert.deepEqual(fromQuery(query(text), NOW), { span: LIVE }, text);
  }
});

test("addressCannotAskForMoreThanTwoYearsNorForTheFuture", () => {
  assert.deepEqual(fromQuery(query("span=900y"), NOW), { span: TWO_YEARS });
  assert.deepEqual(fromQuery(query("span=1h&to=2050-01-01T00:00:00Z"), NOW), { span: HOUR });
  const [from] = bounds(fromQuery(query("span=1h&to=1970-01-01T00:00:00Z"), NOW), NOW);
  assert.equal(from, NOW - TWO_YEARS);
  assert.equal(fromQuery(query("span=1s"), NOW).span, 20_000);
});

test("whatIsBelowTheMouseStaysThereWhileZooming", () => {
  const view = { span: 10 * HOUR, to: NOW - HOUR };
  for (const share of [0, 0.25, 1]) {
    const [from, to] = bounds(zoom(view, 0.5, share, NOW), NOW);
    const at = NOW - 11 * HOUR + share * 10 * HOUR;
    assert.equal(to - from, 5 * HOUR);
    assert.equal(from + share * (to - from), at);
  }
});

test("liveStaysLiveWhereItIsZoomedAroundNow", () => {
  assert.deepEqual(zoom({ span: HOUR }, 0.5, 1, NOW), { span: HOUR / 2 });
  assert.deepEqual(zoom({ span: HOUR }, 2, 1, NOW), { span: 2 * HOUR });
});

test("zoomEndsAtTwentySecondsAndAtTwoYears", () => {
  assert.equal(zoom({ span: HOUR, to: NOW - HOUR }, 1e-9, 0.5, NOW).span, 20_000);
  assert.deepEqual(zoom({ span: HOUR, to: NOW - HOUR }, 1e9, 0.5, NOW), { span: TWO_YEARS });
});

test("whoeverPansUpToNowIsLiveAgainAndNobodyGetsBeyond", () => {
  const past = pan({ span: HOUR }, -HOUR, NOW);
  assert.deepEqual(past, { span: HOUR, to: NOW - HOUR });
  assert.deepEqual(pan(past, HOUR / 2, NOW), { span: HOUR, to: NOW - HOUR / 2 });
  assert.deepEqual(pan(past, 7 * HOUR, NOW), { span: HOUR });
  assert.equal(bounds(pan(past, -1e15, NOW), NOW)[0], NOW - TWO_YEARS);
});

test("whoeverGoesBackAndForthIsLiveAgainAndWhoeverGoesBackSlowlyGetsAway", () => {
  const past = pan({ span: HOUR }, -HOUR / 2, NOW);
  assert.deepEqual(pan(past, HOUR / 2, NOW + 30_000), { span: HOUR });
  assert.deepEqual(pan({ span: HOUR }, -2_000, NOW), { span: HOUR, to: NOW - 2_000 });
});

test("slowPanIsNotLostToRounding", () => {
  let view = pan({ span: LIVE }, -60_000, NOW);
  for (let step = 0; step < 100; step++) view = pan(view, -100, NOW);
  assert.equal(view.to, NOW - 70_000);
});

test("drawnSpanIsShownAndTooShortAOneIsWidenedAroundItsMiddle", () => {
  assert.deepEqual(between(NOW - 3 * HOUR, NOW - HOUR, NOW), { span: 2 * HOUR, to: NOW - HOUR });
  assert.deepEqual(between(NOW - HOUR, NOW - HOUR + 2_000, NOW), { span: 20_000, to: NOW - HOUR + 11_000 });
});

test("onlyTwoMinutesUpToNowArePlain", () => {
  assert.ok(isPlain({ span: LIVE }));
  assert.ok(!isPlain({ span: LIVE, to: NOW }));
  assert.ok(!isPlain({ span: HOUR }));
});
