import assert from "node:assert/strict";
import { test } from "node:test";
import { firing, partsOf } from "../../../webroot/lib/verdict-parts.js";

const full = { board: "host", section: "filesystems", key: "/srv", level: "critical", text: "/srv is 95 % full" };
const root = { board: "host", section: "filesystems", key: "/", level: "warning", text: "/ is 95 % full" };
const cpu = { board: "host", section: "cpu", level: "warning", text: "CPU saturated for 9 min: java 140 %" };

/** @param {import("../../../webroot/lib/verdict-parts.js").Part[]} parts */
const told = (parts) => parts.map(({ text, of }) => (of ? `[${of[0]} ${text}]` : text));

test("sentenceStaysAsItIsSignBySign", () => {
  const sentence = "CPU saturated for 9 min: java 140 %; /srv is 95 % full; and 2 more.";
  const parts = partsOf(sentence, [["full", full], ["cpu", cpu]]);
  assert.equal(parts.map(({ text }) => text).join(""), sentence);
  assert.deepEqual(told(parts), ["[cpu CPU saturated for 9 min: java 140 %]", "; ", "[full /srv is 95 % full]", "; and 2 more."]);
});

test("firstWordMayHaveBeenMadeLarge", () => {
  assert.deepEqual(told(partsOf("Swap is full.", [["a", { text: "swap is full" }]])), ["[a Swap is full]", "."]);
});

test("oneThatIsContainedInAnotherIsFoundWhereItStandsByItself", () => {
  const whole = { text: "disk sda is late and full" };
  const part = { text: "full" };
  assert.deepEqual(told(partsOf("Disk sda is late and full; full.", [["part", part], ["whole", whole]])), ["[whole Disk sda is late and full]", "; ", "[part full]", "."]);
});

test("sameWordsOfTwoAlertsAreTwoLinks", () => {
  assert.deepEqual(told(partsOf("It is hot; it is hot.", [["a", { text: "it is hot" }], ["b", { text: "it is hot" }]])), ["[a It is hot]", "; ", "[b it is hot]", "."]);
});

test("whatTheSentenceDoesNotSpeakOfLeadsNowhere", () => {
  assert.deepEqual(told(partsOf("All is well.", [["a", { text: "" }], ["b", root]])), ["All is well."]);
  assert.deepEqual(partsOf("", [["b", root]]), []);
});

test("onlyWhatFiresCounts", () => {
  assert.deepEqual(firing({ a: full, b: { ...cpu, level: undefined }, c: { level: "odd" } }).map(([id]) => id), ["a"]);
  assert.deepEqual(firing(undefined), []);
});
