import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../../webroot/boards/host/alerts.js";

/** @param {object[]} alerts */
const marks = (...alerts) => Object.fromEntries([...marksOf(Object.fromEntries(alerts.map((alert, index) => [index, { board: "host", text: `text ${index}`, ...alert }])), "host")]
  .map(([path, { level, texts }]) => [JSON.parse(path).join(" > "), `${level}: ${texts.join(", ")}`]));

test("whatFiresMarksWhatItIsAboutAndAllThatThatIsPartOf", () => {
  assert.deepEqual(marks({ watch: "filesystems.*.usedPercent", key: "/a.b", level: "warning" }), {
    filesystems: "warning: text 0", "filesystems > /a.b": "warning: text 0", "filesystems > /a.b > usedPercent": "warning: text 0",
  });
  assert.equal(marks({ watch: 'network.interfaces."eth0.5".up', level: "critical" })["network > interfaces > eth0.5"], "critical: text 0");
  assert.deepEqual(marks({ section: "disks", key: "sda", level: "warning" }), { disks: "warning: text 0", "disks > sda": "warning: text 0" }, "of a server that is older");
});

test("theWorstIsToldFirstAndNothingElseCounts", () => {
  const found = marks({ watch: "memory.usedPercent", level: "warning" }, { watch: "memory.swap.usedPercent", level: "critical" },
    { watch: "memory.a", level: "warning", board: "tank" }, { watch: "memory.b", state: "pending" }, { watch: "memory.c", level: "constructor" }, { level: "warning" });
  assert.equal(found.memory, "critical: text 1, text 0");
  assert.equal(found["memory > usedPercent"], "warning: text 0");
  assert.equal(found["memory > c"], undefined);
  assert.equal(found["memory > a"], undefined);
});
