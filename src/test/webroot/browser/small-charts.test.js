import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, skip, soon, startBrowser } from "./harness.js";
import { restingBox } from "./spans.js";

const HOST = {
  cpu: { busyPercent: 5, cores: { 0: { busyPercent: 5 } } },
  network: { interfaces: { eth0: { up: true, receivedBytesPerSecond: 15 * 2 ** 20, sentBytesPerSecond: 0 }, eth1: { up: true, receivedBytesPerSecond: 300, sentBytesPerSecond: 0 } } },
};

/** How high a chart's highest dot is, 0 to 1. @param {Element} chart */
function height(chart) {
  const canvas = /** @type {HTMLCanvasElement} */ (chart.querySelector("canvas"));
  const { data, width } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
  const first = data.findIndex((value, index) => index % 4 === 3 && value > 0);
  return 1 - Math.floor(first / 4 / width) / canvas.height;
}

describe("small charts", { skip }, () => {
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

  /** @param {string} name */
  const open = async (name = "eth0") => {
    const opened = await openBoard(browser, modules.url, { host: structuredClone(HOST) });
    const chart = opened.page.locator(".network .row").filter({ hasText: name }).locator(".chart");
    await chart.scrollIntoViewIfNeeded();
    // The scale is that of two seconds at least: a single one may be at the very edge.
    await opened.page.waitForFunction(() => [...document.querySelectorAll(".network .chart")].every((each) => /now \d/.test(each.getAttribute("aria-label") ?? "")) && document.querySelector(".network .chart[data-top^='20']"));
    return { ...opened, chart };
  };

  test("muchAndLittleDoNotLookAlikeAndEachSaysHowHighAndHowLongItIs", async () => {
    const { page, chart } = await open();
    const other = page.locator(".network .row").filter({ hasText: "eth1" }).locator(".chart");
    const said = (/** @type {typeof chart} */ one) => one.evaluate((element) => ["::before", "::after"].map((part) => getComputedStyle(element, part).content.replaceAll("\u202f", " ")));
    await soon(async () => assert.deepEqual(await said(chart), ['"20 MiB/s"', '"2 min"']));
    await soon(async () => assert.deepEqual(await said(other), ['"80 KiB/s"', '"2 min"']));
    const [much, little] = [await chart.evaluate(height), await other.evaluate(height)];
    assert.ok(much > 0.7 && little < 0.15, `${much} ${little}`);
    await page.getByRole("button", { name: "15 min" }).click();
    await page.waitForFunction(() => document.querySelector(".network .chart")?.getAttribute("data-span")?.startsWith("15"));
    await page.close();
  });

  test("opensInPlaceByAClickOrEnterAndClosesByEscape", async () => {
    const { page, chart, faults } = await open("eth1");
    await page.evaluate(() => {
      const written = new Set();
      Object.assign(globalThis, { written });
      const fill = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
        if (this.canvas.closest(".network")) written.add(text.replace("\u202f", " "));
        return fill.call(this, text, ...where);
      };
    });
    await chart.click();
    await page.waitForFunction(() => (document.querySelector(".network .chart.full .u-axis")?.clientHeight ?? 0) > 0);
    await soon(async () => assert.deepEqual(await page.evaluate(() => [.../** @type {any} */ (globalThis).written].filter((text) => text.includes("B/s"))), ["0 B/s", "512 B/s", "1.0 KiB/s"], "round figures"));
    const box = /** @type {{ width: number, height: number }} */ (await chart.boundingBox());
    const row = /** @type {{ width: number }} */ (await page.locator(".network .rows").boundingBox());
    assert.ok(box.height >= 150 && box.width > 0.95 * row.width, JSON.stringify({ box, row }));
    await soon(async () => assert.ok(await chart.evaluate(height) > 0.2, "its scale is its own, so that little is seen too"));
    assert.deepEqual(await accessibilityFaults(page).then((found) => found.filter((fault) => fault.includes("chart"))), []);
    await page.keyboard.press("Escape");
    await soon(async () => assert.equal(await chart.getAttribute("role"), "button"));
    await soon(async () => assert.equal(await chart.evaluate((element) => document.activeElement === element), true, "the focus is where it was"));
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Close chart: eth1 received" }).click();
    await soon(async () => assert.ok((await chart.boundingBox())?.height === 64));
    assert.deepEqual(await accessibilityFaults(page).then((found) => found.filter((fault) => fault.includes("chart"))), []);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("whoeverDrawsASpanInItOrMovesItDoesNotOpenIt", async () => {
    const { page, chart } = await open();
    const { x, y, width } = await restingBox(chart);
    await page.mouse.move(x + width * 0.3, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.6, y + 20, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(() => document.body.dataset.view === "past");
    const before = page.url();
    await page.keyboard.down("Shift");
    await page.mouse.down();
    await page.mouse.move(x + width * 0.7, y + 20, { steps: 4 });
    await page.mouse.up();
    await soon(async () => assert.notEqual(page.url(), before));
    await soon(async () => assert.equal(await page.locator(".chart.full").count(), 0));
    await page.close();
  });
});
