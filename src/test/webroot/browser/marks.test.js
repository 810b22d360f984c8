import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, connectionIs, newPage, skip, soon, startBrowser, startServer } from "./harness.js";
import { answerWith } from "./spans.js";

const HOST = { cpu: { busyPercent: 5, userPercent: 3, systemPercent: 2, cores: { 0: { busyPercent: 5 } } }, memory: { totalBytes: 100, usedBytes: 40, usedPercent: 40 } };
const DIRECTORY = { host: { kind: "host" }, alerts: { kind: "alerts", resources: [{ method: "GET", path: "transitions", description: "" }] } };
const HOUR = 3_600_000;

describe("what happened, on the time axis", { skip }, () => {
  /** @type {{ url: string, stop: () => void }} */
  let modules;
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    [modules, browser] = await Promise.all([startModules(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    modules?.stop();
  });

  /** @param {any[]} rows @param {string} [query] @param {any} [alerts] */
  async function open(rows, query = "?span=24h", alerts = { verdict: { level: "ok", text: "All is well.", since: 1 }, alerts: {} }) {
    /** @type {string[]} */
    const asked = [];
    const opened = await openBoard(browser, `${modules.url}${query}`, { host: structuredClone(HOST), alerts, boards: structuredClone(DIRECTORY) }, {
      viewport: { width: 1440, height: 900 },
      before: async (page) => {
        await answerWith(page, () => ({ min: 1, average: 2, max: 3 }));
        await page.route(/\/api\/boards\/alerts\/transitions/, (route) => {
          asked.push(route.request().url());
          return route.fulfill({ json: rows });
        });
      },
    });
    return { ...opened, asked };
  }
  const rows = () => [
    { id: "a", kind: "firing", at: Date.now() - 20 * HOUR, alert: { board: "host", level: "critical", text: "/srv <b>is</b> full" } },
    { id: "a", kind: "resolved", at: Date.now() - 8 * HOUR, alert: { board: "host", level: "critical", text: "/srv <b>is</b> full" } },
    { id: "b", kind: "firing", at: Date.now() - 4 * HOUR, alert: { board: "tank", level: "critical", text: "of another board" } },
  ];

  test("flagsAreInTheChartsAndInWordsThatKeysReach", async () => {
    const { page, faults } = await open(rows());
    await page.locator(".mark").nth(1).waitFor();
    const words = await page.locator(".mark").allInnerTexts();
    assert.equal(words.length, 2);
    assert.match(words[0] ?? "", /\/srv <b>is<\/b> full \(critical\)$/);
    assert.match(words[1] ?? "", /over: \/srv <b>is<\/b> full$/);
    // The flag is drawn in its colour, a sixth of the way from the left.
    await page.locator(".cpu canvas").waitFor();
    await page.waitForFunction(() => {
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(".cpu canvas"));
      const { width, height } = canvas;
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, Math.round(width * 0.3), Math.round(height * 0.2)).data ?? new Uint8ClampedArray();
      let red = 0;
      for (let at = 0; at < pixels.length; at += 4) red += Number((pixels[at] ?? 0) > 120 && (pixels[at + 1] ?? 0) < 60 && (pixels[at + 2] ?? 0) < 70 && (pixels[at + 3] ?? 0) > 200);
      return red > 8;
    });
    await page.locator(".mark").first().focus();
    await page.waitForFunction(() => document.querySelector(".moment-time")?.textContent);
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("areAskedForOnceForATimeAndAgainForAnother", async () => {
    const { page, asked, push } = await open(rows());
    await page.locator(".mark").first().waitFor();
    assert.equal(asked.length, 1);
    await push("host", { cpu: { busyPercent: 6 } });
    const answered = page.waitForResponse(/transitions/);
    await page.keyboard.press("6");
    await answered;
    assert.equal(asked.length, 2);
    assert.ok(Number(new URL(asked[1] ?? "").searchParams.get("from")) < Date.now() - 6 * 24 * HOUR);
    await page.close();
  });

  test("nothingIsLoadedWhereNothingHappens", async () => {
    const { page, asked, push } = await open(rows(), "");
    await page.locator(".cpu canvas").waitFor();
    await push("alerts", { verdict: { text: "All is very well." } });
    await page.getByText("All is very well.").waitFor();
    await page.waitForLoadState("networkidle");
    await soon(async () => assert.equal(await page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/views/marks.js"))), false));
    assert.deepEqual(asked, []);
    await page.close();
  });

  test("newAlertIsFlaggedOnThePageAsItOpens", async () => {
    const { page, push, asked } = await open([{ id: "a", kind: "firing", at: Date.now() - 2_000, alert: { board: "host", level: "warning", text: "it is hot" } }], "");
    await page.locator(".cpu canvas").waitFor();
    await push("alerts", { verdict: { level: "warning", text: "It is hot." }, alerts: { a: { board: "host", section: "cpu", level: "warning", text: "it is hot" } } });
    await page.locator(".mark", { hasText: "it is hot" }).waitFor();
    assert.equal(asked.length, 1);
    await page.close();
  });

  test("exportsHoldThem", async () => {
    const { page } = await open(rows());
    await page.locator(".mark").first().waitFor();
    await page.getByText("Export").click();
    const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Events as CSV" }).click()]);
    const text = readFileSync(await table.path(), "utf8").split("\r\n");
    assert.equal(text[0], "time,kind,level,text");
    assert.match(text[1] ?? "", /^\d{4}-.*Z,firing,critical,"\/srv <b>is<\/b> full"$/);
    assert.equal(text.length, 4, "two, and the end of the last line");
    const words = await page.evaluate(async () => {
      /** @type {string[]} */
      const written = [];
      const write = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (said, ...place) {
        written.push(said);
        return write.call(this, said, ...place);
      };
      const { draw } = await import(/** @type {any} */ ("/lib/picture.js"));
      await draw([.../** @type {any} */ (globalThis).feed.history.pointing.charts], "title");
      return written.filter((said) => said.includes("/srv"));
    });
    assert.deepEqual(words, ["/srv <b>is</b> full", "over: /srv <b>is</b> full"], "once, in the first chart");
    await page.close();
  });

  test("alertOfTheRealServerIsFlaggedWhenItBeginsAndWhenItEnds", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulseboard-rules-"));
    const rule = (/** @type {string} */ limit) => writeFileSync(join(folder, "own.yaml"), `rules:\n  - {name: any, watch: "host:memory.totalBytes", alarm: above ${limit}, text: memory is there}\n`);
    rule("1");
    const server = await startServer("0", { PULSEBOARD_ALERTS_FOLDER: folder });
    const { page, faults } = await newPage(browser);
    try {
      await page.goto(server.url);
      await page.locator(".mark", { hasText: /\d memory is there/ }).waitFor();
      rule("1000000000000000000");
      await page.locator(".mark", { hasText: "over: memory is there" }).waitFor();
      // One that opens later asks for what it has not seen.
      await page.reload();
      await page.locator(".mark", { hasText: "over: memory is there" }).waitFor();
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });

  test("startOfTheServerIsFlagged", async () => {
    const server = await startServer();
    const { page, faults } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator(".mark", { hasText: "Pulseboard started" }).waitFor();
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
      await server.stop();
    }
  });
});
