import assert from "node:assert/strict";
import { test } from "node:test";
import { Latest } from "../../../webroot/lib/latest-only.js";
import { Suspects, worst } from "../../../webroot/boards/host/busiest-processes.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const { signal } = new AbortController();

/** A server that has each minute, and notes what it is asked for. */
function server() {
  /** @type {[number, number][]} */
  const asked = [];
  const suspects = new Suspects(async (from, to) => {
    asked.push([from, to]);
    const first = Math.ceil(from / MINUTE);
    return Array.from({ length: Math.floor(to / MINUTE) - first + 1 }, (_, index) => ({ at: (first + index) * MINUTE, cpu: [], memory: [] }));
  });
  return { suspects, asked };
}

test("momentBelongsToTheMinuteThatEndsAfterIt", async () => {
  const { suspects } = server();
  const at = async (/** @type {number} */ from, /** @type {number} */ to) => (await suspects.between(DAY + from, DAY + to, 2 * DAY, signal))?.map((one) => (one.at - DAY) / MINUTE);
  assert.deepEqual(await at(0, 1_000), [1]);
  assert.deepEqual(await at(59_000, 60_000), [1]);
  assert.deepEqual(await at(60_000, 61_000), [2]);
  assert.deepEqual(await at(30_000, 150_000), [1, 2, 3]);
});

test("hoverOverAnHourIsOneRequest", async () => {
  const { suspects, asked } = server();
  for (let minute = 0; minute < 60; minute++) await suspects.between(DAY + minute * MINUTE, DAY + minute * MINUTE + 6_000, 2 * DAY, signal);
  assert.deepEqual(asked, [[DAY + 1, DAY + HOUR]]);
});

test("hourThatIsNotOverIsAskedForAgainAfterAWhile", async () => {
  const { suspects, asked } = server();
  for (const now of [DAY + 10 * MINUTE, DAY + 10 * MINUTE + 1_000, DAY + 12 * MINUTE]) await suspects.between(DAY, DAY + 1_000, now, signal);
  assert.equal(asked.length, 2);
});

test("noMoreIsAskedForThanTheServerAnswers", async () => {
  const { suspects, asked } = server();
  assert.equal(await suspects.between(DAY, DAY + 5 * HOUR, 2 * DAY, signal), undefined);
  assert.deepEqual(asked, []);
  assert.equal((await suspects.between(DAY, DAY + 4 * HOUR, 2 * DAY, signal))?.length, 240);
});

test("answersThatAreKeptAreBounded", async () => {
  const { suspects, asked } = server();
  for (let hour = 0; hour < 100; hour++) await suspects.between(hour * HOUR, hour * HOUR + 1_000, 10 * DAY, signal);
  await suspects.between(99 * HOUR, 99 * HOUR + 1_000, 10 * DAY, signal);
  assert.equal(asked.length, 100, "the newest is kept");
  await suspects.between(0, 1_000, 10 * DAY, signal);
  assert.equal(asked.length, 101, "the oldest is not");
});

test("worstMinuteOfAProcessCountsAndMostComeFirst", () => {
  const one = (/** @type {number} */ pid, /** @type {string} */ name, /** @type {number} */ cpuPercent) => ({ pid, name, user: "root", cpuPercent });
  const minutes = [
    { at: 1, cpu: [one(1, "java", 10), one(2, "tar", 90)], memory: [] },
    { at: 2, cpu: [one(1, "java", 95), one(3, "sh", 5), one(2, "tar", 3), one(4, "cron", 1)], memory: [] },
  ];
  assert.deepEqual(worst(minutes, "cpu").map(({ name, cpuPercent }) => [name, cpuPercent]), [["java", 95], ["tar", 90], ["sh", 5]]);
  assert.deepEqual(worst(minutes, "memory"), []);
});

test("onlyTheNewestJobRunsAndAnOlderOneIsToldToStop", async () => {
  const latest = new Latest();
  /** @type {string[]} */
  const ran = [];
  /** @type {AbortSignal | undefined} */
  let first;
  await new Promise((resolve) => {
    latest.run(0, async (signal) => {
      first = signal;
      ran.push("first");
      latest.run(0, async () => void ran.push("dropped"));
      latest.run(0, async () => {
        ran.push("last");
        resolve(undefined);
      });
      await new Promise(() => undefined); // Never answers.
    });
  });
  assert.deepEqual(ran, ["first", "last"]);
  assert.ok(first?.aborted);
});
