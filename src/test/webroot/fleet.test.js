import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, mistakeIn } from "../../../webroot/boards/fleet/filter.js";
import { arranged, lines } from "../../../webroot/boards/fleet/order.js";
import { alertsOf, hubTrouble, levelOf } from "../../../webroot/boards/fleet/words.js";
import { few } from "../../../webroot/lib/machines.js";

const hosts = {
  web1: { name: "Web 1", group: "berlin", state: "live", cpuBusyPercent: 90, tags: { role: "db" } },
  web2: { name: "Web 2", group: "home", state: "offline" },
  web10: { name: "Web 10", group: "home", state: "live", cpuBusyPercent: 5, fullestFilesystemPercent: 90 },
};
const found = (/** @type {string} */ text) => Object.entries(hosts).filter(([id, host]) => filterOf(text)(id, host)).map(([id]) => id);

test("filterTakesWordsStatesGroupsTagsAndFigures", () => {
  assert.deepEqual(found(""), ["web1", "web2", "web10"]);
  assert.deepEqual(found("state:offline"), ["web2"]);
  assert.deepEqual(found("group:HOME web"), ["web2", "web10"]);
  assert.deepEqual(found("tag:role"), ["web1"]);
  assert.deepEqual(found("tag:role=db"), ["web1"]);
  assert.deepEqual(found("tag:role=web"), []);
  assert.deepEqual(found("cpu>80"), ["web1"]);
  assert.deepEqual(found("cpu<=5"), ["web10"], "what is not known is neither more nor less");
  assert.deepEqual(found("constructor>1"), [], "no figure of that name: a word that nobody has");
});

test("troubleIsFirstThenByName", () => {
  assert.deepEqual(arranged(hosts, "", { column: "", isDown: false }), ["web2", "web10", "web1"]);
  assert.deepEqual(arranged(hosts, "", { column: "name", isDown: false }), ["web1", "web2", "web10"]);
  assert.deepEqual(arranged(hosts, "", { column: "cpuBusyPercent", isDown: true }), ["web1", "web10", "web2"], "not known is last");
  assert.deepEqual(arranged(hosts, "", { column: "cpuBusyPercent", isDown: false }), ["web10", "web1", "web2"]);
});

test("orderOfBeforeChangesNothingButTheWork", () => {
  for (const before of [["web10", "gone", "web1"], ["web1", "web2", "web10"], []]) {
    assert.deepEqual(arranged(hosts, "", { column: "", isDown: false }, before), ["web2", "web10", "web1"]);
  }
});

test("groupsFoldAndAreNotThereWhereThereAreNone", () => {
  assert.deepEqual(lines(hosts, ["web1", "web2"], new Set(["home"])), [
    { group: "berlin", ids: ["web1"], isFolded: false }, { id: "web1" }, { group: "home", ids: ["web2"], isFolded: true },
  ]);
  assert.deepEqual(lines({ a: {}, b: {} }, ["a", "b"], new Set()), [{ id: "a" }, { id: "b" }]);
});

test("levelIsThatOfTheRules", () => {
  assert.equal(levelOf({ state: "live", fullestFilesystemPercent: 85 }), "ok");
  assert.equal(levelOf({ state: "live", fullestFilesystemPercent: 86 }), "warning");
  assert.equal(levelOf({ state: "live", fullestFilesystemPercent: 96 }), "critical");
  assert.equal(levelOf({ state: "leaving" }), "unknown");
  assert.equal(levelOf({}), "unknown");
});

test("navigationHasNotAThousandLinks", () => {
  const machines = ["", ...Array.from({ length: 20 }, (_, index) => `web${index}`)].map((source) => ({ source, main: undefined, boards: [] }));
  assert.deepEqual(few(machines, "web3/host").map(({ source }) => source), ["", "web3"]);
  assert.equal(few(machines.slice(0, 3), "host").length, 3);
});

test("wordThatFiltersNothingIsNamed", () => {
  assert.equal(mistakeIn("cpu>80 state:offline group:x web"), "");
  assert.match(mistakeIn("web state:offlin"), /^A state is one of live, late, offline,/);
  assert.match(mistakeIn("cpu>>80"), /^“cpu>>80” compares nothing: write one of cpu, /);
  assert.match(mistakeIn("cpus>80"), /^“cpus>80” compares nothing/);
});

test("whatIsWrongWithHubsIsSaidInWords", () => {
  assert.equal(hubTrouble("ok", {}), "");
  assert.equal(hubTrouble("ok", { a: { state: "live" }, b: { state: "gone" } }), "The hub b is not heard of.");
  assert.match(hubTrouble("read-only", { a: { state: "gone" }, b: { state: "gone" } }), /^The hubs a, b are not heard of\. Nothing can be changed now/);
});

test("ownAlertsOfAMachineCountAsTrouble", () => {
  assert.equal(levelOf({ state: "live", criticalCount: 1, warningCount: 0 }), "critical");
  assert.equal(levelOf({ state: "live", criticalCount: 0, warningCount: 2 }), "warning");
  assert.equal(levelOf({ state: "live", criticalCount: 0, warningCount: 0 }), "ok");
  assert.deepEqual([{ criticalCount: 1, warningCount: 2 }, { criticalCount: 3, warningCount: 0 }, { criticalCount: 0, warningCount: 1 }, { criticalCount: 0, warningCount: 0 }, {}].map(alertsOf),
    ["1 critical + 2", "3 critical", "1 warning", "none", undefined]);
});
