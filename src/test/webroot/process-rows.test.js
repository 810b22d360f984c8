import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "../../../webroot/boards/host/process-rows.js";

const BY_CPU = { column: "cpuPercent", isDown: true };
/** @param {number} cpuPercent @param {number} [residentBytes] @param {import("../../../webroot/lib/state.js").Process} [more] */
const one = (cpuPercent, residentBytes = 1, more = {}) => ({ name: "java", cpuPercent, residentBytes, ...more });
/** @param {Parameters<typeof rowsOf>} what */
const keys = (...what) => rowsOf(...what).map(({ key }) => key);

test("processesAreSortedAndEqualOnesKeepTheirPlaces", () => {
  assert.deepEqual(keys({ 30: one(1), 4: one(1), 5: one(9), 6: one(0) }, "list", BY_CPU), ["5", "4", "30", "6"]);
  assert.deepEqual(keys({ 1: one(0, 5), 2: one(0, 9), 3: one(0, 5) }, "list", BY_CPU), ["2", "1", "3"]);
  assert.deepEqual(keys({ 1: one(0, 5), 2: one(3, 9) }, "list", { column: "cpuPercent", isDown: false }), ["1", "2"]);
  const disks = { 1: one(0), 2: one(0, 1, { diskReadBytesPerSecond: 5 }), 3: one(0, 1, { diskReadBytesPerSecond: 3, diskWrittenBytesPerSecond: 4 }) };
  assert.deepEqual(keys(disks, "list", { column: "disk", isDown: true }), ["3", "2", "1"]);
  assert.deepEqual(keys(disks, "list", { column: "disk", isDown: false }), ["2", "3", "1"], "what is not known is last either way");
  assert.deepEqual(rowsOf({}, "list", BY_CPU), []);
});

test("processThatIsNotKnownWholeIsNotShown", () => {
  const whole = { name: "java", cpuPercent: 1, residentBytes: 1 };
  const parts = { 1: {}, 2: { cpuPercent: 99, residentBytes: 5 }, 3: { name: "sh", residentBytes: 5 }, 4: { name: "sh", cpuPercent: 99 }, 5: { name: "", cpuPercent: 9, residentBytes: 9 }, 6: whole };
  for (const view of /** @type {const} */ (["list", "tree", "groups"])) assert.equal(rowsOf(parts, view, BY_CPU).length, 1);
});

test("filterFindsAllWordsInNameProgramUnitContainerUserAndNumber", () => {
  const all = {
    11: one(1, 1, { program: "jenkins.war", unit: "jenkins.service", user: "ci" }),
    12: one(2, 1, { program: "search.jar", container: "3fa91c7d2e10", user: "www-data" }),
  };
  const found = (/** @type {string} */ words) => keys(all, "list", BY_CPU, words);
  assert.deepEqual(found("JAVA"), ["12", "11"]);
  assert.deepEqual(found(" java  war "), ["11"]);
  assert.deepEqual(found("3fa9"), ["12"]);
  assert.deepEqual(found("service ci"), ["11"]);
  assert.deepEqual(found("12"), ["12"]);
  assert.deepEqual(found("java nothing"), []);
});

test("treeHasEachBelowWhatItBelongsToAndKeepsTheWayToWhatIsFound", () => {
  const all = { 1: one(0, 1, { name: "systemd" }), 20: one(1, 1, { name: "sshd", parent: 1 }), 30: one(9, 1, { name: "cron", parent: 1 }), 21: one(50, 1, { name: "bash", parent: 20 }), 99: one(2, 1, { name: "lost", parent: 77 }) };
  const tree = (/** @type {string} */ words) => rowsOf(all, "tree", BY_CPU, words).map(({ key, depth }) => `${"-".repeat(depth)}${key}`);
  assert.deepEqual(tree(""), ["1", "-20", "--21", "-30", "99"]);
  assert.deepEqual(tree("bash"), ["1", "-20", "--21"]);
  assert.deepEqual(rowsOf({ 5: one(1, 1, { parent: 5 }) }, "tree", BY_CPU).length, 1, "its own parent is none");
});

test("groupsAreContainersElseUnitsElseProgramsWithTheirSums", () => {
  const all = {
    1: one(10, 5, { unit: "a.service", threadCount: 2 }), 2: one(20, 6, { unit: "a.service", name: "sh", threadCount: 1, diskReadBytesPerSecond: 7 }),
    3: one(1, 1, { container: "3fa91c7d2e10", unit: "a.service" }), 4: one(1, 2, { program: "x.jar" }), 5: one(0, 1, { name: "kworker" }),
  };
  const rows = rowsOf(all, "groups", BY_CPU);
  assert.deepEqual(rows.map(({ key, id }) => [key, id]), [["a.service", "2"], ["x.jar", "1"], ["3fa91c7d2e10", "1"], ["kworker", "1"]]);
  const { process: first } = /** @type {import("../../../webroot/boards/host/process-rows.js").Row} */ (rows[0]);
  assert.deepEqual([first.cpuPercent, first.residentBytes, first.threadCount, first.diskReadBytesPerSecond, first.program], [30, 11, 3, 7, "java, sh"]);
});
