import assert from "node:assert/strict";
import { test } from "node:test";
import { withinFirst, wrongFirst } from "../../../webroot/lib/order.js";
import { bytesPerSecond, day } from "../../../webroot/lib/format.js";
import { averageBetween } from "../../../webroot/lib/chart-data.js";
import { Columns } from "../../../webroot/lib/columns.js";
import { History } from "../../../webroot/lib/history.js";
import { around, calledBy, unnamed } from "../../../webroot/boards/host/busiest-processes.js";

test("whatIsWrongComesFirstAndTheOthersKeepTheirOrder", () => {
  const wrong = (/** @type {string} */ key) => ({ c: 1, d: 2 })[key] ?? 0;
  assert.deepEqual(wrongFirst(["a", "b", "c", "d", "e"], wrong), ["d", "c", "a", "b", "e"]);
});

test("whatAHeadlineSpeaksOfIsAmongTheFirstFew", () => {
  assert.deepEqual(withinFirst(["a", "b", "c", "d"], 2, "d"), ["a", "d", "b", "c"]);
  assert.deepEqual(withinFirst(["a", "b", "c"], 2, "b"), ["a", "b", "c"]);
  assert.deepEqual(withinFirst(["a", "b"], 1, undefined), ["a", "b"]);
});

test("figureHasAtMostThreeDigitsAndADayIsWrittenAsEverywhereElse", () => {
  assert.equal(bytesPerSecond(1_019 * 2 ** 20).replace("\u202f", " "), "1.0 GiB/s");
  assert.equal(day(Date.UTC(2026, 10, 28, 12)), "28 Nov 2026");
});

const MINUTE = 60_000;
const list = (/** @type {number[]} */ ...percents) => percents.map((cpuPercent, pid) => ({ pid, name: "java", user: "root", cpuPercent }));

test("whatTheListOfProcessesDoesNotNameIsTold", () => {
  const minutes = [{ at: 10 * MINUTE, cpu: list(2, 1), memory: [] }];
  assert.equal(unnamed(minutes, 100, 2), 197);
  assert.equal(unnamed([{ at: MINUTE, cpu: list(150, 40), memory: [] }], 100, 2), 0, "a tenth is no news");
  assert.equal(unnamed([{ at: MINUTE, cpu: list(1), memory: [] }], 2, 4), 0, "nor is an idle machine");
  assert.equal(unnamed([{ at: 1, cpu: list(100), memory: [] }, { at: 2, cpu: [], memory: [] }], 100, 2), 150, "on average over the minutes");
  assert.equal(unnamed(minutes, undefined, 2), 0);
  assert.equal(unnamed([], 100, 2), 0);
  assert.deepEqual(around([{ at: 10 * MINUTE, cpu: [], memory: [] }, { at: 11 * MINUTE, cpu: [], memory: [] }]), [9 * MINUTE, 11 * MINUTE]);
});

test("averageOfALineIsThatOfTheMomentsBetween", () => {
  const line = new History().line((state) => state.cpu?.busyPercent);
  const columns = new Columns({ from: 0, to: 4_000, stepMilliseconds: 1_000, series: { "cpu.busyPercent": { min: [], average: [0, 50, null, 100], max: [] } } }, [line], 3_999);
  const timeline = /** @type {any} */ ({ columns, step: 1_000, now: 4_000 });
  assert.equal(averageBetween(timeline, line, 1_000, 4_000), 75);
  assert.equal(averageBetween(timeline, line, 2_000, 2_400), undefined, "a gap is no zero");
  assert.equal(averageBetween(timeline, undefined, 0, 1), undefined);
});

test("processOfAMomentIsToldApartByContainerServiceOrProgram", () => {
  const one = { pid: 1, name: "java", user: "root" };
  assert.equal(calledBy({ ...one, of: "3fa91c7d2e10", program: "x.jar" }), "java (3fa91c7d2e10)");
  assert.equal(calledBy({ ...one, of: "nextcloud.service", program: "x.jar" }), "java (nextcloud)");
  assert.equal(calledBy({ ...one, of: "session-3.scope", program: "x.jar" }), "java (x.jar)");
  assert.equal(calledBy({ ...one, name: "ssh", of: "ssh.service" }), "ssh");
  assert.equal(calledBy(one), "java");
});
