import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, repository, skip, soon, startBrowser, startServer } from "./harness.js";
import { drag, historyRequests, paintedAt, viewIs } from "./spans.js";

const classes = `${repository}target/test-classes`;
const lacking = !process.env.CI && !existsSync(join(classes, "pulseboard/history/HistoryFill.class")) && "the tests' own classes are not compiled";
const NAMES = ["cpu.busyPercent", "cpu.userPercent", "memory.usedPercent", "processes.count"];
const DAYS = 3;

describe("a server that has run for days", { skip: skip || lacking }, () => {
  /** @type {import("./harness.js").Server} */
  let server;
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    const state = newState();
    execFileSync("java", ["-cp", `${classes}:${repository}target/pulseboard.jar`, "pulseboard.history.HistoryFill", join(state, "pulseboard"), String(DAYS), ...NAMES]);
    [server, browser] = await Promise.all([startServer("0", { XDG_STATE_HOME: state }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** @param {import("playwright-core").Page} page @param {number} share */
  const isPainted = (page, share) => page.waitForFunction(paintedAt, /** @type {[string, number]} */ ([".processes canvas", share]));

  test("linesReachBackAsFarAsThereAreFiguresAndNoFarther", async () => {
    const { page, faults } = await newPage(browser);
    const asked = historyRequests(page);
    await page.goto(`${server.url}?span=24h`);
    await connectionIs(page, "live");
    await isPainted(page, 0.03);
    await page.click("text=/^7.d$/");
    await asked.answers(2);
    await isPainted(page, 1 - (DAYS - 0.3) / 7);
    await soon(async () => assert.equal(await page.evaluate(paintedAt, /** @type {[string, ...number[]]} */ ([".processes canvas", ...[0.4, 0.5, 0.6].map((day) => 1 - (DAYS + day) / 7)])), 0));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("minuteOfTwoDaysAgoIsFoundByDrawingTwice", async () => {
    const { page, faults } = await newPage(browser);
    await page.goto(`${server.url}?span=7d`);
    await connectionIs(page, "live");
    await isPainted(page, 0.8);
    await drag(page, ".cpu .chart .u-over", 0.68, 0.73);
    await viewIs(page, "past");
    await isPainted(page, 0.2);
    await drag(page, ".cpu .chart .u-over", 0.4, 0.45);
    await isPainted(page, 0.5);
    await page.locator(".cpu .u-over").hover();
    await page.getByText(/^\d+ \w+ \d+, \d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/).waitFor();
    const label = await page.locator(".cpu .chart").getAttribute("aria-label");
    assert.match(label?.replaceAll("\u202f", " ") ?? "", /^CPU in use, \d+ \w+.*, \d\d:\d\d – .*\d\d:\d\d: lowest [\d.]+ %, highest [\d.]+ %$/);
    assert.deepEqual(faults, []);
    await page.close();
  });
});
