import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff, transportFor, Tries } from "../../../webroot/lib/reconnect.js";
import { describe } from "../../../webroot/lib/status.js";

const NOW = 1_700_000_100_000;
const live = { phase: /** @type {const} */ ("open"), reason: "", restartingAt: 0, heardAt: NOW, live: true, trouble: "" };
/** @param {object} facts */
const words = (facts) => {
  const { word, detail } = describe({ ...live, ...facts }, NOW);
  return `${word} ${detail}`.trim().replaceAll("\u202f", " ");
};

test("eachStateOfTheConnectionHasItsWords", () => {
  assert.equal(words({}), "live");
  assert.equal(words({ live: false, heardAt: NOW - 9_000 }), "stale for 9 s: the server sends nothing");
  assert.equal(words({ live: false, phase: "connecting", heardAt: 0 }), "connecting");
  assert.equal(words({ live: false, offlineFor: 63_000 }), "offline for 1 min 3 s");
  assert.equal(words({ live: false, offlineFor: 63_000, phase: "waiting", reason: "the connection broke" }), "reconnecting stale for 0 s: the connection broke");
  assert.equal(words({ live: false, heardAt: 0, missing: true }), "connected there is no such board");
  const lost = { live: false, phase: "waiting", reason: "the connection broke" };
  assert.equal(words({ ...lost, heardAt: NOW - 61_000 }), "reconnecting stale for 1 min 1 s: the connection broke");
  assert.equal(words({ ...lost, heardAt: 0 }), "connecting the connection broke");
  assert.equal(words({ live: false, heardAt: 0, trouble: "no answer" }), "connecting no answer");
});

test("restartIsOneWordInEveryPhaseUntilItIsOverOrHasTakenTooLong", () => {
  const restart = { live: false, restartingAt: NOW - 4_000, heardAt: NOW - 4_500 };
  for (const phase of ["waiting", "connecting", "open"]) {
    assert.equal(words({ ...restart, phase }), "restarting for 4 s");
  }
  assert.equal(words({ ...restart, live: true }), "live");
  const away = { ...restart, phase: "waiting", reason: "the server answers 502" };
  assert.equal(words({ ...away, restartingAt: NOW - 30_000 }), "restarting for 30 s");
  assert.equal(words({ ...away, restartingAt: NOW - 30_001, heardAt: NOW - 30_100 }),
    "reconnecting stale for 30 s: the server answers 502");
});

test("backOffStaysFarBelowThreeSecondsHoweverLongTheOutageAndHasJitter", () => {
  assert.deepEqual([1, 2, 3, 4, 60, 10_000].map((failures) => backOff(failures, 1)), [500, 1000, 1000, 1000, 1000, 1000]);
  assert.equal(backOff(2, 0), 500);
});

test("onlyLinksThatWereMadeCountForTheChoiceOfTransport", () => {
  const tries = new Tries();
  for (let asked = 0; asked < 5; asked++) tries.lost(0); // The server did not even answer.
  assert.deepEqual([tries.link(), tries.link(), tries.link()], ["WebSocket", "WebSocket", "XHR"]);
  tries.heard();
  assert.deepEqual([tries.failed, tries.link(), tries.lost(1), tries.failed], [false, "WebSocket", 500, true]);
});

test("plainHttpIsTriedAfterTwoWebSocketsThatNeverOpened", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((failures) => transportFor(failures, undefined)),
    ["WebSocket", "WebSocket", "XHR", "WebSocket", "WebSocket", "XHR"]);
  assert.equal(transportFor(2, "WebSocket"), "WebSocket");
  assert.equal(transportFor(0, "XHR"), "XHR");
});
