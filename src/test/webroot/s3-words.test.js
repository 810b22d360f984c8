import assert from "node:assert/strict";
import { test } from "node:test";
import { highest, phase, progress, remaining, requestTimes, speed, underWay } from "../../../webroot/boards/s3/words.js";

/** @param {object} more */
const job = (more) => ({ source: "/srv", target: "b", endpoint: "https://s3.example", dryRun: false, phase: "uploading", ...more });

test("bitsAreOfTenToTheSixth", () => {
  assert.match(speed(12_500_000), /11\.9\u202fMiB\/s = 100\.0\u202fMbit\/s|12\u202fMiB\/s = 100\.0\u202fMbit\/s/);
  assert.equal(speed(undefined), "n/a");
});

test("timeLeftIsToldOrWhyItIsNot", () => {
  assert.equal(remaining(job({ estimate: { remainingSeconds: 47 } })), "about 47\u202fs");
  assert.equal(remaining(job({ phase: "planning", estimate: { remainingSeconds: 130, atLeast: true } })), "at least 2\u202fmin");
  assert.equal(remaining(job({ phase: "done" })), "n/a, because no run is under way");
  assert.equal(remaining(job({ phase: "paused" })), "n/a, because it is paused");
  assert.equal(remaining(job({ rates: { bytesPerSecond: 0 } })), "n/a, because nothing moves");
  assert.equal(remaining(job({ rates: { bytesPerSecond: 9 } })), "n/a, because it has only begun");
  assert.equal(highest(job({ rates: {} })), "n/a, because it took less than 5\u202fs");
});

test("nothingIsCalledAHundredPercentBeforeTheEnd", () => {
  const files = { found: 9, uploaded: 8, planned: 9 };
  assert.match(progress(job({ files, bytes: { percent: 99.9, done: 1, planned: 2 } })), /^99\.9\u202f%: 8 of 9 files/);
  assert.match(progress(job({ files, bytes: { done: 1, planned: 2 } })), /^Still looking: 8 of 9/);
  assert.equal(progress(job({ phase: "idle" })), "No run yet.");
});

test("aRunOfAPartOfTheJobIsNotTakenForAllOfIt", () => {
  assert.equal(phase(job({ phase: "done" })), "done");
  assert.equal(phase(job({ phase: "done", run: { retryOf: "20261130T120000.000Z" } })), "done (only what failed before)");
});

test("timesOfRequestsAreToldByKind", () => {
  assert.equal(requestTimes(job({})), "n/a, because nothing was asked yet");
  const times = { list: { p50Milliseconds: 8.1, p99Milliseconds: 40 }, put: { p50Milliseconds: 120, p99Milliseconds: 2_340 } };
  assert.equal(requestTimes(job({ requests: { times } })), "list 8.1\u202fms (99\u202f%: 40\u202fms), put 120\u202fms (99\u202f%: 2.3\u202fs)");
});

test("partsAndAttemptsAreTold", () => {
  assert.equal(underWay({ bytes: 0, size: 1_024, attempt: 2, part: 3, parts: 7 }), "part 3 of 7, 0\u202fB of 1.0\u202fKiB, attempt 2");
});
