import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, marksOf, startsOf } from "../../../webroot/lib/events.js";
import { toCsv } from "../../../webroot/lib/events-csv.js";

const alert = (/** @type {string} */ level, board = "host") => ({ board, level, text: "/srv is full" });

test("whatBecameOfAlertsIsSaidInWordsAndColour", () => {
  const marks = marksOf([{ kind: "firing", at: 1, alert: alert("warning") }, { kind: "raised", at: 2, alert: alert("critical") }, { kind: "resolved", at: 3, alert: alert("critical") }], "host");
  assert.deepEqual(marks.map(({ at, text, tone }) => [at, text, tone]), [[1, "/srv is full", "warning"], [2, "worse: /srv is full", "alarm"], [3, "over: /srv is full", "good"]]);
});

test("otherBoardsAndWhatIsNoEventAreLeftOut", () => {
  assert.deepEqual(marksOf([{ kind: "firing", at: 1, alert: alert("warning", "tank") }, { kind: "unknown", at: 1, alert: alert("warning") }, { kind: "toString", at: 1, alert: alert("warning") }, { kind: "firing" }], "host"), []);
});

test("startsOfMachineAndServerAreMarks", () => {
  assert.deepEqual(startsOf({ bootedAt: 5, pulseboard: { startedAt: 9 } }).map(({ at, kind }) => [at, kind]), [[5, "reboot"], [9, "restart"]]);
  assert.deepEqual(startsOf({}), []);
});

test("eachIsThereOnceAndInOrder", () => {
  const [one, two] = startsOf({ bootedAt: 5, pulseboard: { startedAt: 9 } });
  assert.deepEqual(inOrder([/** @type {any} */ (two), one, { ...two }]).map(({ at }) => at), [5, 9]);
});

test("tableForSpreadsheetsTakesNothingForAFormula", () => {
  const text = toCsv([{ at: 0, kind: "firing", tone: "alarm", level: "critical", text: '=cmd|" /c"' }, { at: 1_000, kind: "restart", tone: "info", text: "Pulseboard started" }]);
  assert.equal(text, 'time,kind,level,text\r\n1970-01-01T00:00:00.000Z,firing,critical,"\'=cmd|"" /c"""\r\n1970-01-01T00:00:01.000Z,restart,,"Pulseboard started"\r\n');
});
