import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const module = new URL("../../../webroot/lib/time.js", import.meta.url).href;

/** What the module says in a browser of that time zone. @param {string} zone @param {string} expression @returns {any} */
function inZone(zone, expression) {
  const code = `import * as time from ${JSON.stringify(module)};
    const at = (text) => Date.parse(text);
    console.log(JSON.stringify(${expression}));`;
  const env = { ...process.env, TZ: zone };
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8", env }));
}

test("momentsAreTheBrowsersAndItsTimeZoneIsNamed", () => {
  assert.equal(inZone("Europe/Berlin", "time.timeZone"), "Europe/Berlin");
  const expression = 'time.interval(at("2026-11-22T10:00:00Z"), at("2026-11-22T10:15:00Z"), at("2026-11-22T12:00:00Z"))';
  assert.equal(inZone("Europe/Berlin", expression), "11:00 – 11:15");
  assert.equal(inZone("Asia/Kolkata", expression), "15:30 – 15:45");
});

test("dayIsNamedUnlessItIsToday", () => {
  assert.deepEqual(inZone("UTC", `[
    time.interval(at("2026-11-21T10:00:00Z"), at("2026-11-21T10:15:00Z"), at("2026-11-22T12:00:00Z")),
    time.interval(at("2026-11-21T20:00:00Z"), at("2026-11-22T02:00:00Z"), at("2026-11-22T12:00:00Z")),
    time.interval(at("2024-11-22T00:00:00Z"), at("2026-11-22T00:00:00Z"), at("2026-11-22T12:00:00Z")),
    time.interval(at("2026-11-22T10:00:00Z"), at("2026-11-22T10:02:00Z"), at("2026-11-22T12:00:00Z"))]`), [
    "21 Nov 2026, 10:00 – 10:15", "21 Nov, 20:00 – 22 Nov, 02:00", "22 Nov 2024 – 22 Nov 2026", "10:00:00 – 10:02:00"]);
});

test("pointSaysHowLongItStandsFor", () => {
  assert.deepEqual(inZone("UTC", `[
    time.instant(at("2026-11-22T10:00:05Z"), 1000, at("2026-11-22T12:00:00Z")),
    time.instant(at("2026-11-22T10:00:00Z"), 40000, at("2026-11-22T12:00:00Z")),
    time.instant(at("2026-11-21T10:00:05Z"), 1000, at("2026-11-22T12:00:00Z"))]`),
  ["10:00:05", "10:00:00 – 10:00:40", "21 Nov 2026, 10:00:05"]);
});

test("markAtMidnightNamesTheDayAlsoWhereTheClockIsSet", () => {
  assert.deepEqual(inZone("Europe/Berlin", `time.marks(
    ["2026-10-24T21:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"].map(at), 3600000)`),
  ["23:00", "25 Oct", "02:00", "02:00"]);
  assert.deepEqual(inZone("UTC", `[time.marks([at("2026-11-22T00:00:00Z")], 86400000), time.marks([at("2026-11-01T00:00:00Z")], 2678400000)]`),
    [["22 Nov"], ["Nov 2026"]]);
});

test("brieflyNamesTheDayUnlessItIsToday", () => {
  const said = inZone("Europe/Berlin", `[time.briefly(at("2026-11-22T12:00:30Z"), at("2026-11-22T20:00:00Z")), time.briefly(at("2026-11-21T22:30:00Z"), at("2026-11-22T20:00:00Z"))]`);
  assert.deepEqual(said, ["13:00", "21 Nov, 23:30"]);
});
