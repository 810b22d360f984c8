import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../../../webroot/lib/format.js";

/** @param {string} text narrow spaces as plain ones */
const plain = (text) => text.replaceAll("\u202f", " ");

test("bytesHaveBinaryUnitsAndThreeDigits", () => {
  const expected = { 0: "0 B", 1023: "1,023 B", 1024: "1.0 KiB", 10_240: "10 KiB", 1_073_741_824: "1.0 GiB", 1_048_575: "1.0 MiB" };
  for (const [value, text] of Object.entries(expected)) assert.equal(plain(format.bytes(Number(value))), text);
  assert.equal(plain(format.bytesPerSecond(2048)), "2.0 KiB/s");
});

test("percentShowsADecimalOnlyWhereItCounts", () => {
  assert.equal(plain(format.percent(0)), "0 %");
  assert.equal(plain(format.percent(0.4)), "0.4 %");
  assert.equal(plain(format.percent(9.96)), "10 %");
  assert.equal(plain(format.percent(99.6)), "100 %");
});

test("largeNumbersGetALetter", () => {
  assert.equal(plain(format.perSecond(12)), "12 /s");
  assert.equal(plain(format.perSecond(5_400)), "5.4 k/s");
  assert.equal(plain(format.withUnit(1e9, "bit/s")), "1.0 Gbit/s");
  assert.equal(plain(format.withUnit(999.7, "")), "1.0 k");
  assert.equal(plain(format.hertz(2.899e9)), "2.90 GHz");
});

test("durationShowsItsTwoLargestParts", () => {
  const minute = 60_000;
  assert.equal(plain(format.duration(-5)), "0 s");
  assert.equal(plain(format.duration(59_999)), "59 s");
  assert.equal(plain(format.duration(61 * minute)), "1 h 1 min");
  assert.equal(plain(format.duration((3 * 1440 + 4 * 60 + 5) * minute)), "3 d 4 h");
});

test("splitTakesFigureAndUnitApart", () => {
  assert.deepEqual(format.split(format.bytes(2048)), ["2.0", "KiB"]);
  assert.deepEqual(format.split("7"), ["7", ""]);
});

test("wordsAreReadable", () => assert.equal(format.words("timeWait"), "time wait"));

test("timeToComeIsAsExactAsAForecast", () => {
  const hour = 3_600_000;
  const expected = { [0]: "now", [20_000]: "now", [60_000]: "in about 1 minute", [1.5 * hour]: "in about 90 minutes", [5.2 * hour]: "in about 5 hours", [47 * hour]: "in about 47 hours", [24 * 4.4 * hour]: "in about 4 days", [-5]: "now" };
  for (const [value, text] of Object.entries(expected)) assert.equal(plain(format.inAbout(Number(value))), text);
});
