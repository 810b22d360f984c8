// How the page of alerts puts things in order and in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pattern } from "../../../webroot/boards/alerts/ask.js";
import { eventsOf, inWords } from "../../../webroot/boards/alerts/preview-words.js";
import { ownWords } from "../../../webroot/boards/alerts/own-words.js";
import { changed, columnOf, keysOfPath, problemText } from "../../../webroot/boards/alerts/rule-words.js";
import { episodesOf } from "../../../webroot/boards/alerts/transitions.js";
import { factsOf, groupOf, grouped, thresholdText, troubleOf, valueText } from "../../../webroot/boards/alerts/words.js";

const ids = (/** @type {[string, unknown][]} */ all) => all.map(([id]) => id);

test("worstComesFirstThenTheOldest", () => {
  const all = grouped({
    info: { state: "firing", level: "info", firingSince: 1 },
    young: { state: "firing", level: "critical", firingSince: 9 },
    warning: { state: "firing", level: "warning", firingSince: 1 },
    old: { state: "firing", level: "critical", firingSince: 5 },
  });
  assert.deepEqual(ids(all.get("firing") ?? []), ["old", "young", "warning", "info"]);
});

test("eachAlertIsInOneGroup", () => {
  const firing = { state: "firing", level: "critical" };
  assert.equal(groupOf({ state: "pending", silencedUntil: 5 }), "pending");
  assert.equal(groupOf({ ...firing, silencedUntil: 5, acknowledgedBy: "alice", unknown: true }), "silenced");
  assert.equal(groupOf({ ...firing, acknowledgedBy: "alice", flapping: true }), "acknowledged");
  assert.equal(groupOf({ ...firing, unknown: true, flapping: true }), "unknown");
  assert.equal(groupOf({ ...firing, flapping: true }), "flapping");
  assert.equal(groupOf(firing), "firing");
});

test("valuesHaveTheUnitOfTheirKey", () => {
  assert.equal(valueText("filesystems.*.usedPercent", 95.4), "95\u202f%");
  assert.equal(valueText("memory.swap.inBytesPerSecond", 10_000_000), "9.5\u202fMiB/s");
  assert.equal(valueText("disks.*.averageWaitMilliseconds", 201), "201\u202fms");
  assert.equal(valueText("sensors.temperatures.*.celsius", 97.25), "97.3\u202f°C");
  assert.equal(valueText("mounts.*.forcedReadOnly", true), "true");
  assert.equal(thresholdText("memory.swap.inBytesPerSecond", "above 10000000"), "above 9.5\u202fMiB/s");
  assert.equal(thresholdText("a.b", "reaches 100 within 24h"), "reaches 100 within 24h");
});

test("factsSayWhoHasSeenItAndWhyItIsStill", () => {
  const alert = { state: "firing", firingSince: 1_000, watch: "a.usedPercent", value: 95, threshold: "above 93", acknowledgedBy: "alice", acknowledgedNote: "on it", messageCount: 1 };
  const [since, value, seen, messages] = factsOf(alert, 61_000);
  assert.match(since ?? "", /^since .*\(1\u202fmin 0\u202fs\)$/);
  assert.equal(value, "95\u202f%; fired above 93\u202f%");
  assert.equal(seen, "seen by alice: “on it”");
  assert.equal(messages, "in 1 message");
});

test("silenceOfOneKeyMeansNoListOfKeys", () => {
  assert.equal(pattern("/srv"), "/srv");
  assert.equal(pattern("/a,b *"), "/a*b *");
  assert.equal(pattern(" a "), "*a*");
});

test("refusalsAreSentences", () => {
  assert.equal(troubleOf({ body: { error: "unknown_alert", message: "no alert of that id fires; the board alerts lists them" } }), "This alert does not fire any more, so there is nothing to do.");
  assert.equal(troubleOf({ body: { error: "bad_parameter", message: "note has more than 500 characters" } }), "Note has more than 500 characters.");
  assert.equal(troubleOf({ body: { error: "channel_failed", message: "desk: 401 no" } }), "It was not taken: desk: 401 no");
  assert.equal(troubleOf({ body: { error: "constructor" } }), "The server refuses it (constructor).");
  assert.equal(troubleOf(new Error("the server cannot be reached")), "The server cannot be reached.");
});

test("ofARuleThatABoardBringsOnlyTheChangeIsSent", () => {
  const brought = { from: "board", watch: "host:a.b", warning: "above 85", critical: "above 93", text: "t" };
  assert.deepEqual(changed(brought, { warn: "above 80", alarm: "above 93", text: "t", help: "" }), { warn: "above 80" });
  assert.deepEqual(changed(brought, { warn: "", alarm: "above 93" }), { warn: "off" });
  assert.deepEqual(changed({ from: "board", info: "above 4" }, { when: "above 5" }), { when: "above 5", severity: "info" });
});

test("ofARuleOfThePageTheRestStays", () => {
  const own = { from: "page", enabled: true, watch: "host:a.b", warning: "above 85", critical: "above 93", unless: "type is x" };
  assert.deepEqual(changed(own, { warn: "", alarm: "above 90" }), { watch: "host:a.b", alarm: "above 90", unless: "type is x" });
});

test("columnOfAMistakeIsFoundInWhatTheServerSays", () => {
  assert.equal(columnOf('column 32: "abve" is no condition; the nearest is above'), 31);
  assert.equal(columnOf("there is no board hst; the nearest is host"), undefined);
});

test("keysWithDotsStandInQuotationMarks", () => {
  assert.deepEqual(keysOfPath('filesystems."/mnt/a.b".usedPercent'), ["filesystems", "/mnt/a.b", "usedPercent"]);
});

test("problemsSayWhereAndHowToMendThem", () => {
  assert.equal(problemText({ file: "b.yaml", line: 4, column: 12, what: "no condition", mend: "write above" }), "b.yaml, line 4, column 12: no condition. To mend it: write above.");
  assert.equal(problemText({ what: "channels.phone.kind must be one of mail, ntfy" }), "channels.phone.kind must be one of mail, ntfy.");
  assert.equal(problemText({ from: "page", rule: "mine", what: "no condition", mend: "write above" }), "this page, rule mine: no condition. To mend it: write above.");
});

test("previewSaysHowOftenHowManyMessagesAndWhatIsUnsure", () => {
  const answer = { from: 0, to: 3_600_000, coarsestSeconds: 60, firingCount: 3, messageCount: 2,
    keys: { "/": { highest: 97, episodes: [{ from: 1, to: 2, level: "critical", certain: true }, { from: 5, level: "warning", certain: false }] }, "/srv": { highest: 20, episodes: [{ from: 7, to: 7 }] }, "/b": { highest: 1 } } };
  assert.equal(inWords(answer, "host:filesystems.*.usedPercent"),
    "It would have fired 3 times for 2 keys, and 2 messages would have gone out. Of that 2 times are only possible: the history keeps one row for 1\u202fmin 0\u202fs. The highest value was 97\u202f%.");
  assert.deepEqual(eventsOf(answer).map(({ lane, to, isMoment, text }) => [lane, to, isMoment, text]), [["/", 2, false, "would have fired"], ["/", undefined, false, "may have fired"], ["/srv", 7, true, "may have fired"]]);
  assert.match(inWords({ from: 0, to: 1, keys: {}, firingCount: 0, messageCount: 0 }, "a:b"), /no preview/);
});

test("episodesEndWithTheirEndAndLastWithoutOne", () => {
  const alert = { rule: "r", text: "t", level: "warning", firingSince: 5 };
  const rows = [
    { id: "a", kind: "firing", at: 5, alert }, { id: "b", kind: "firing", at: 6, alert: { ...alert, rule: "s" } },
    { id: "a", kind: "raised", at: 7, alert: { ...alert, level: "critical" } }, { id: "a", kind: "resolved", at: 9, alert }, { id: "a", kind: "firing", at: 11, alert: { ...alert, firingSince: 11 } },
  ];
  assert.deepEqual(episodesOf(rows).map(({ lane, from, to, state }) => [lane, from, to, state]), [["r", 5, 9, "critical"], ["s", 5, undefined, "warning"], ["r", 11, undefined, "warning"]]);
});

test("whatSomebodyIsToldIsOneSentence", () => {
  assert.equal(ownWords({ channels: ["desk"], severity: "warning" }), "You are told of warnings and what is critical by desk.");
  assert.equal(ownWords({ channels: ["a", "b"], severity: "critical", quietHours: { from: "22:00", to: "06:00", days: ["sat", "sun"], letThrough: [] } }),
    "You are told of what is critical by a, b; not from 22:00 to 06:00, Saturday and Sunday.");
  assert.equal(ownWords({ channels: ["a"], quietHours: { from: "22:00", to: "06:00", zone: "Europe/Berlin", days: "fri-sun", letThrough: "critical" } }),
    "You are told of warnings and what is critical by a; not from 22:00 to 06:00, fri-sun (Europe/Berlin), unless it is critical.");
});
