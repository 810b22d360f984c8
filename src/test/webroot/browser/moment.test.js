import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, run, skip, soon, startBrowser, startServer } from "./harness.js";
import { answerWith, hearsMore, historyRequests, paintedAt, viewIs } from "./spans.js";

const MINUTES = [{ at: 0, cpu: [{ pid: 7, name: "<b>tar</b>", user: "root", cpuPercent: 93 }], memory: [{ pid: 8, name: "java", user: "root", residentBytes: 2 ** 30 }] }];

describe("a moment of the charts", { skip }, () => {
  /** @type {import("./harness.js").Server} */
  let server;
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** @param {(share: number) => import("./spans.js").Bucket} bucket @param {import("playwright-core").BrowserContextOptions} [options] */
  const open = async (bucket, options = {}) => {
    const { page, faults } = await newPage(browser, options);
    const asked = historyRequests(page);
    await answerWith(page, bucket);
    await page.goto(`${server.url}?span=24h`);
    await connectionIs(page, "live");
    await asked.answers(1);
    for (const chart of [".processes canvas", ".memory canvas"]) await page.waitForFunction(paintedAt, /** @type {[string, number]} */ ([chart, 0.25]));
    return { page, faults };
  };
  const flat = () => ({ min: 10, average: 20, max: 40 });

  /** What the five processes of each minute were, told once somebody asks. @param {import("playwright-core").Page} page */
  const tellProcesses = async (page) => {
    /** @type {URL[]} */
    const asked = [];
    await page.route(/processes\/history\?/, (route) => {
      const url = new URL(route.request().url());
      asked.push(url);
      const [from, to] = [Number(url.searchParams.get("from")), Number(url.searchParams.get("to"))];
      const minutes = [];
      for (let at = Math.ceil(from / 60_000) * 60_000; at <= to; at += 60_000) minutes.push({ ...MINUTES[0], at });
      return route.fulfill({ json: { minutes } });
    });
    return asked;
  };

  test("gapIsAGapAndTheBandReachesFromLowestToHighest", async () => {
    const { page, faults } = await open((share) => share > 0.4 && share < 0.6 ? { min: null, average: null, max: null } : flat());
    await soon(async () => assert.equal(await page.evaluate(paintedAt, /** @type {[string, ...number[]]} */ ([".processes canvas", 0.47, 0.5, 0.53])), 0));
    const memory = /** @type {[string, ...number[]]} */ ([".memory canvas", 0.22, 0.25, 0.28]);
    const withBand = await page.evaluate(paintedAt, memory);
    await page.close();
    const narrow = await open(() => ({ min: 20, average: 20, max: 20 }));
    const without = await narrow.page.evaluate(paintedAt, memory);
    await narrow.page.close();
    assert.ok(without > 5 && withBand > 1.5 * without, `${withBand} pixels up to the highest, ${without} up to the average`);
    assert.deepEqual(faults, []);
  });

  test("lineBelowTheMouseIsInAllChartsAtOnceAndItsFiguresAreText", async () => {
    const { page, faults } = await open(flat);
    await page.locator(".cpu .u-over").hover();
    const moment = page.locator(".moment");
    await moment.waitFor();
    await soon(async () => assert.match((await moment.innerText()).replaceAll("\u202f", " "), /\d\d:\d\d:\d\d – \d\d:\d\d:\d\d[^]*user\s*33 %/, "user and nice together, and all six cut to the whole"));
    const [memory] = await page.locator(".memory .chart-tag").first().allInnerTexts();
    assert.equal(memory?.replaceAll("\u202f", " "), "20 %");
    await page.mouse.move(1, 1);
    await moment.waitFor({ state: "hidden" });
    await soon(async () => assert.ok(await page.locator(".memory .chart-tag").first().isHidden()));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("keyboardAloneReadsAndMovesAndZooms", async () => {
    const { page } = await open(flat);
    await page.locator(".spans button").first().focus();
    const names = [];
    for (let count = 0; count < 14; count++) {
      names.push(await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent));
      await page.keyboard.press("Tab");
    }
    for (const name of ["2\u202fmin", "2\u202fy", "Earlier", "Later", "Zoom out", "Zoom in", "Moment to read in all charts"]) assert.ok(names.includes(name), `${name} in ${names}`);
    const slider = page.locator(".moments input");
    await slider.focus();
    const said = async () => (await slider.getAttribute("aria-valuetext"))?.replaceAll("\u202f", " ") ?? "";
    const last = await said();
    await page.keyboard.press("PageDown");
    await soon(async () => assert.match(await said(), /\d\d:\d\d.*; CPU in use: .*user 33 %.*; Memory used: used 20 % \(10 % – 40 %\)$/));
    await soon(async () => assert.notEqual(await said(), last));
    await page.locator(".moment").waitFor();
    const shares = await page.evaluate(() => {
      const input = /** @type {HTMLInputElement} */ (document.querySelector(".moments input"));
      const over = /** @type {HTMLElement} */ (document.querySelector(".cpu .u-over"));
      const line = /** @type {HTMLElement} */ (over.querySelector(".u-cursor-x"));
      return [Number(input.value) / Number(input.max), (line.getBoundingClientRect().left - over.getBoundingClientRect().left) / over.clientWidth];
    });
    assert.ok(Math.abs(Number(shares[0]) - Number(shares[1])) < 0.02, `the line is where the slider is: ${shares}`);
    await page.keyboard.press("Tab");
    await page.locator(".moment").waitFor({ state: "hidden" });
    await page.locator("[aria-label=Earlier]").focus();
    await page.keyboard.press("Enter");
    await viewIs(page, "past");
    await soon(async () => assert.ok(await page.locator(".to-live").isVisible()));
    await page.locator(".to-live").focus();
    await page.keyboard.press("Enter");
    await viewIs(page, "live");
    await page.close();
  });

  test("processesOfAMomentAreAskedForOnlyThereAndOnce", async () => {
    const { page } = await open(flat);
    const asked = await tellProcesses(page);
    const chart = page.locator(".cpu .u-over");
    await chart.hover({ position: { x: 60, y: 40 } });
    await page.getByText("<b>tar</b> 93").waitFor();
    assert.equal(asked.length, 1);
    const [{ searchParams }] = /** @type {[URL]} */ (asked);
    assert.ok(Number(searchParams.get("to")) - Number(searchParams.get("from")) < 3_600_000);
    await soon(async () => assert.match((await page.locator(".moment-who").innerText()).replaceAll("\u202f", " "), /Most memory: java 1.0 GiB/));
    await soon(async () => assert.equal(await page.locator(".moment b").count(), 0, "text, never HTML"));
    await page.close();
  });

  test("whoeverMayNotSeeProcessesIsNotToldOfThem", async () => {
    const state = newState();
    const [token = ""] = run(state, ["token", "add", "hall", "--scope", "read:board.host"]).split("\n");
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const own = await startServer("0", { XDG_STATE_HOME: state });
    const { page } = await newPage(browser);
    try {
      const asked = await tellProcesses(page);
      await answerWith(page, flat);
      await page.goto(`${own.url}?span=24h#token=${token}`);
      await connectionIs(page, "live");
      await viewIs(page, "live");
      await page.waitForFunction(paintedAt, /** @type {[string, number]} */ ([".processes canvas", 0.25]));
      await page.locator(".cpu .u-over").hover();
      await page.locator(".moment").waitFor();
      await hearsMore(page, 3); // Far longer than somebody who may has to rest there.
      assert.deepEqual(asked, []);
    } finally {
      await page.close();
      await own.stop();
    }
  });

  test("whatIsShownIsAFileOfFiguresAndAPicture", async () => {
    const { page, faults } = await newPage(browser, { deviceScaleFactor: 1 });
    await page.goto(`${server.url}?span=15m`);
    await connectionIs(page, "live");
    await page.waitForFunction(paintedAt, /** @type {[string, number]} */ ([".processes canvas", 0.99]));
    await page.click(".export summary");
    const table = page.getByText("Figures as CSV");
    const [csv] = await Promise.all([page.waitForEvent("download"), table.click()]);
    const lines = readFileSync(await csv.path(), "utf8").trim().split("\r\n");
    assert.match(lines[0] ?? "", /^time,.*"cpu.userPercent average".*"memory.usedPercent max"/);
    assert.ok(lines.length > 200, `${lines.length} lines`);
    const [first, last] = [lines[1], lines.at(-1)].map((line) => Date.parse(line?.split(",")[0] ?? ""));
    assert.ok(Math.abs(Number(last) - Number(first) - 900_000) < 20_000);
    const [picture] = await Promise.all([page.waitForEvent("download"), page.getByText("Charts as PNG").click()]);
    assert.match(picture.suggestedFilename(), /^pulseboard-.*\.png$/);
    const png = readFileSync(await picture.path());
    assert.equal(png.toString("latin1", 1, 4), "PNG");
    assert.equal(png.readUInt32BE(16), 1_048);
    assert.ok(png.readUInt32BE(20) > 800, "all charts are in it");
    await page.getByText(/of at most .* on the server's disk/).waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });
});
