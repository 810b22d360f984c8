import assert from "node:assert/strict";
import { test } from "node:test";
import { deviationPercent, storedWords, targetsOf, videoWords } from "../../../webroot/boards/lab/words.js";

const source = (/** @type {number} */ bytes) => ({ bytes, downloads: 1, failures: 0, successPercent: 100 });
const player = { scheduler: "score", kind: "smart", abr: "", video: "clip", state: "playing", startedAt: 0, bufferSeconds: 29.04, stalls: 2, stalledSeconds: 1, receivedBytes: 0, failovers: 0,
  rung: "high", qualityOfExperience: 1, startupMilliseconds: 790, nodes: { n1: source(90), n2: source(110) }, last: {} };

test("deviationIsThatOfAllNodesAndUnknownBeforeTheFirstByte", () => {
  assert.equal(deviationPercent(player), 10);
  assert.equal(deviationPercent({ ...player, nodes: {} }), undefined);
  assert.equal(deviationPercent({ ...player, nodes: { n1: source(0) } }), undefined);
});

test("targetsSayForEachPlayerWhatIsSoNow", () => {
  const starting = { ...player, startupMilliseconds: undefined, nodes: {} };
  const rows = targetsOf({ players: { p10: starting, p2: player } });
  assert.deepEqual(rows.map(({ name, cells }) => [name, ...cells.map(({ text, isMet }) => `${text} ${isMet}`)]), [
    ["start-up", "790\u202fms true", "n/a undefined"],
    ["stalls", "2 false", "2 false"],
    ["buffer", "29.0\u202fs true", "29.0\u202fs true"],
    ["bytes by node", "10\u202f% true", "n/a undefined"],
  ]);
  assert.deepEqual(targetsOf({}).map(({ cells }) => cells), [[], [], [], []]);
});

test("storageIsToldByWhatIsOnTheDisks", () => {
  assert.match(storedWords({}), /^n\/a, because /);
  assert.match(storedWords({ storedBytes: 2_097_152, dataBytes: 1_048_576, storedByData: 2 }), /^1\.0\u202fMiB of videos take 2\.0\u202fMiB on the disks, 2\.00 times as much: .* 0 chunks were moved/);
  assert.equal(videoWords(undefined, undefined), "");
  assert.match(videoWords({ segments: 10, dataBytes: 1_024, coded: 30, replicated: 3 }, { views: 1 }), /^10 segments; .*; chunks: 30 in fragments, 3 as copies; watched once within the hour$/);
  assert.match(videoWords({ segments: 10, dataBytes: 1_024, coded: 0, replicated: 3 }, undefined), /chunks: 3 as copies; watched 0 times/);
});
