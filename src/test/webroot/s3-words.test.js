import assert from "node:assert/strict";
import { test } from "node:test";
import { moment } from "../../../webroot/lib/format.js";
import { briefly } from "../../../webroot/lib/time.js";
import { ended, underWay } from "../../../webroot/boards/s3/lists.js";
import { highest, limit, now, others, requestTimes, verified, workers } from "../../../webroot/boards/s3/figures.js";
import { phase, progress, remaining, speed } from "../../../webroot/boards/s3/words.js";

/** @param {object} more */
const job = (more) => ({ source: "/srv", target: "b", endpoint: "https://s3.example", dryRun: false, phase: "uploading", ...more });

test("bitsAreOfTenToTheSixth", () => {
  assert.match(speed(12_500_000), /11\.9\u202fMiB\/s = 100\.0\u202fMbit\/s|12\u202fMiB\/s = 100\.0\u202fMbit\/s/);
  assert.equal(speed(undefined), "");
});

test("timeLeftIsToldOrWhyItIsNot", () => {
  assert.equal(remaining(job({ estimate: { remainingSeconds: 47 } })), "about 47\u202fs");
  assert.equal(remaining(job({ phase: "planning", estimate: { remainingSeconds: 130, atLeast: true } })), "at least 2\u202fmin");
  assert.equal(remaining(job({ phase: "paused" })), "n/a, because it is paused");
  assert.equal(remaining(job({ rates: { bytesPerSecond: 0 } })), "n/a, because nothing moves");
  assert.equal(remaining(job({ rates: { bytesPerSecond: 9 } })), "n/a, because it has only begun");
});

test("nothingIsCalledAHundredPercentBeforeTheEnd", () => {
  const files = { found: 9, uploaded: 8, planned: 9 };
  assert.match(progress(job({ files, bytes: { percent: 99.9, done: 1, planned: 2 } })), /^99\.9\u202f%: 8 of 9 files/);
  assert.match(progress(job({ files, bytes: { done: 1, planned: 2 } })), /^Still looking: 8 of 9/);
  assert.equal(progress(job({ phase: "idle" })), "No run yet.");
});

test("whereAllIsThereAlreadyNothingOfNothingIsTold", () => {
  const files = { found: 9, unchanged: 9, uploaded: 0, planned: 0 };
  assert.equal(progress(job({ phase: "done", files, bytes: { percent: 100, done: 0, planned: 0 } })), "Nothing had to be sent: of 9 files 9 are there already.");
  assert.match(progress(job({ phase: "failed", files: { ...files, planned: 2 }, bytes: { done: 0, planned: 2 } })), /^0 of 2 files/);
});

test("aRunOfAPartOfTheJobIsNotTakenForAllOfIt", () => {
  assert.equal(phase(job({ phase: "done" })), "done");
  assert.equal(phase(job({ phase: "done", run: { retryOf: "20261130T120000.000Z" } })), "done (only what failed before)");
});

test("theEndOfARunIsToldWhenItCameAndWhenItIsToCome", () => {
  const [startedAt, endedAt] = [1_796_072_400_000, 1_796_072_475_000];
  assert.equal(phase(job({ phase: "failed", run: { startedAt, endedAt } })), `failed: ${moment(endedAt)}, after 1\u202fmin 15\u202fs`);
  assert.equal(phase(job({ run: { startedAt } })), "sending");
  const estimate = { remainingSeconds: 47, doneAt: endedAt };
  assert.equal(remaining(job({ estimate })), `about 47\u202fs, until ${briefly(endedAt)}`);
  assert.equal(remaining(job({ estimate: { ...estimate, atLeast: true } })), "at least 47\u202fs");
});

test("onlyWhatThereIsIsTold", () => {
  assert.equal(others(job({ files: { found: 4, failed: 0, unchanged: 4 } })), "4 unchanged");
  assert.equal(others(job({ files: { found: 3, failed: 2, skipped: 1 } })), "2 failed, 1 skipped");
  assert.equal(others(job({ files: { found: 3, failed: 0 } })), "none");
  assert.equal(ended({ path: "a", result: "uploaded", bytes: 2_048, seconds: 0.4, at: 0 }), "uploaded, 2.0\u202fKiB in 0.4\u202fs");
  assert.equal(ended({ path: "a", result: "deleted", bytes: 0, seconds: 0, at: 0 }), "deleted");
});

test("fewerAreWantedThanAreUnderWay", () => {
  assert.equal(workers(job({ workers: { busy: 1, target: 2, why: "x" } })), "1 of 2 requests at once (x)");
  assert.equal(workers(job({ workers: { busy: 3, target: 2, why: "x" } })), "3 requests at once, 2 once some are through");
});

test("timesOfRequestsAreToldByKind", () => {
  const times = { list: { p50Milliseconds: 8.1, p99Milliseconds: 40 }, put: { p50Milliseconds: 120, p99Milliseconds: 2_340 } };
  assert.equal(requestTimes(job({ requests: { times } })), "list 8.1\u202fms (99\u202f%: 40\u202fms), put 120\u202fms (99\u202f%: 2.3\u202fs)");
});

test("partsAndAttemptsAreTold", () => {
  assert.equal(underWay({ bytes: 0, size: 1_024, attempt: 2, part: 3, parts: 7 }), "part 3 of 7, 0\u202fB of 1.0\u202fKiB, attempt 2");
});

test("aJobThatHasNotRunYetSaysNothingOfFigures", () => {
  const figures = [remaining, now, highest, verified, others, workers, requestTimes, limit];
  assert.deepEqual(figures.map((figure) => figure(job({ phase: "idle", workers: { target: 8 } }))), figures.map(() => ""));
  assert.equal(limit(job({})), "none");
});

test("whatIsOfThisMomentIsNotToldAfterTheEnd", () => {
  const over = job({ phase: "done", files: { found: 1 }, rates: { bytesPerSecond: 0 }, workers: { target: 8 } });
  assert.deepEqual([remaining, now, workers].map((figure) => figure(over)), ["", "", ""]);
  assert.equal(verified(over), "none");
});
