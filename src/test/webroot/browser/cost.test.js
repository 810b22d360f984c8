import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { skip, soon, startBrowser } from "./harness.js";
import { answerWith } from "./spans.js";

const NAMES = ["sh", "make", "java", "node"];
const processes = Object.fromEntries(NAMES.map((name, index) => [String(index + 1), { name, user: "root", cpuPercent: 10 * index, residentBytes: 2 ** 20, state: "sleeping", threadCount: 1 }]));
const HOST = {
  cpu: { busyPercent: 5, userPercent: 3, systemPercent: 2, cores: { 0: { busyPercent: 5 } } },
  memory: { totalBytes: 100, usedBytes: 40, usedPercent: 40, availableBytes: 60, cachedBytes: 30, buffersBytes: 0 },
  filesystems: { "/": { usedPercent: 50, totalBytes: 10, usedBytes: 5, freeBytes: 5, type: "ext4", device: "/dev/sda" } },
};

describe("what the page costs the browser", { skip }, () => {
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

  test("barsReachFromWhereTheOneBeforeEndsAndMoveWithoutLayout", async () => {
    const { page, push, painted, faults } = await openBoard(browser, modules.url, { host: HOST });
    const ends = () => page.evaluate(() => {
      const bar = /** @type {HTMLElement} */ (document.querySelector(".memory .bar")).getBoundingClientRect();
      const end = (/** @type {string} */ tone) => ((document.querySelector(`.memory .bar .${tone}`)?.getBoundingClientRect().right ?? 0) - bar.left) / bar.width;
      const middle = document.elementsFromPoint(bar.left + 0.2 * bar.width, bar.top + 3)[0]?.className;
      return { used: end("tone-memory"), cached: end("tone-cache"), middle };
    });
    await page.waitForFunction(() => document.querySelector(".memory .bar-part")?.getAttribute("style"));
    const first = await ends();
    assert.ok(Math.abs(first.used - 0.4) < 0.01 && Math.abs(first.cached - 0.7) < 0.01, JSON.stringify(first));
    assert.match(first.middle ?? "", /tone-memory/, "the part before lies on top");
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.enable");
    const layouts = async () => (await client.send("Performance.getMetrics")).metrics.find(({ name }) => name === "LayoutCount")?.value ?? 0;
    const before = await layouts();
    await push("host", { memory: { cachedBytes: 50 } });
    await page.waitForFunction(() => /0\.9/.test(document.querySelector(".memory .bar .tone-cache")?.getAttribute("style") ?? ""));
    for (let frame = 0; frame < 10; frame++) await painted();
    await soon(async () => assert.ok(await layouts() - before <= 2, "the figure's new text takes one layout, the bar none, whatever number of frames pass"));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("rowsOfProcessesAreWrittenAnewAndNeverMoved", async () => {
    const { page, push } = await openBoard(browser, modules.url, { host: HOST, processes: { processes } });
    const first = page.locator(".processes-table tbody tr").first();
    await first.getByText("node").waitFor();
    await page.evaluate(() => {
      const seen = { changes: 0 };
      Object.assign(globalThis, { seen });
      new MutationObserver((records) => void (seen.changes += records.length)).observe(/** @type {Node} */ (document.querySelector(".processes-table tbody")), { childList: true });
    });
    await push("processes", { processes: { 1: { cpuPercent: 99 } } });
    await first.getByText("sh").waitFor();
    await soon(async () => assert.match(await first.innerText(), /^sh\s+.*99\.0.*\s1$/s));
    await soon(async () => assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).seen.changes), 0));
    await page.close();
  });

  test("chartOfALongSpanIsDrawnAgainOnlyWhenTimeHasMovedByAPixel", async () => {
    const { page, push } = await openBoard(browser, `${modules.url}?span=24h`, { host: HOST }, { before: (each) => answerWith(each, () => ({ min: 1, average: 2, max: 3 })) });
    await page.waitForFunction(() => document.querySelector(".memory canvas"));
    await page.evaluate(async () => {
      const { feed } = /** @type {any} */ (globalThis);
      while (!feed.history.columns || feed.history.past.isLoading) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 100));
      const seen = { draws: 0 };
      const clear = CanvasRenderingContext2D.prototype.clearRect;
      CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        seen.draws++;
        return clear.apply(this, box);
      };
      const { now } = await import(/** @type {any} */ ("/lib/clock.js"));
      const rings = feed.history.rings.newest;
      for (let second = 1; second <= 30; second++) {
        feed.history.sample(Math.max(now(), rings) + 1_000 * second, feed.state);
        await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));
      }
      Object.assign(globalThis, { seen });
    });
    await soon(async () => assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).seen.draws), 0));
    await push("host", {});
    await page.close();
  });

  test("cardsStayInTheirColumnsWhateverTheOthersShow", async () => {
    const { page } = await openBoard(browser, modules.url, { host: HOST, processes: { processes } }, { viewport: { width: 1440, height: 900 } });
    const places = () => page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".card")].filter((card) => card.getClientRects().length > 0)
      .map((card) => [card.className.split(" ")[0], Math.round(card.getBoundingClientRect().left)])));
    const before = await places();
    assert.equal(new Set(Object.values(before)).size, 2, "two columns");
    assert.equal(before.filesystems, before.cpu);
    await page.getByText("Hide list").click();
    await soon(async () => assert.deepEqual(await places(), before));
    await page.setViewportSize({ width: 1600, height: 900 });
    await page.waitForFunction(() => new Set([...document.querySelectorAll(".column")].filter((one) => one.childElementCount > 0).map((one) => one.getBoundingClientRect().left)).size === 3);
    await soon(async () => assert.equal((await places()).filesystems, (await places()).network));
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForFunction(() => document.querySelector(".memory")?.getBoundingClientRect().left === document.querySelector(".cpu")?.getBoundingClientRect().left);
    await page.close();
  });
});
