import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { skip, startBrowser } from "./harness.js";

const HOST = {
  cpu: { busyPercent: 50, userPercent: 30, cores: { 0: { busyPercent: 50 } } },
  memory: { totalBytes: 100, usedBytes: 40, usedPercent: 40, availableBytes: 60, cachedBytes: 30, buffersBytes: 0 },
  disks: { sda: { busyPercent: 50 } },
  filesystems: { "/": { usedPercent: 50, totalBytes: 10, usedBytes: 5, freeBytes: 5 } },
};

describe("high contrast", { skip }, () => {
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

  test("barsCoresAndSwatchesKeepTheirColours", async () => {
    const { page, faults } = await openBoard(browser, modules.url, { host: HOST }, { forcedColors: "active" });
    await page.locator(".filesystems .bar-part").waitFor({ state: "attached" });
    for (const selector of [".memory .bar-part", ".filesystems .bar-part", ".core-level", ".swatch"]) {
      const [own, around] = await page.locator(selector).first().evaluate((element) => [element, element.closest(".card")].map((one) => one && getComputedStyle(one).backgroundColor));
      assert.notEqual(own, around, selector);
    }
    const edge = await page.locator(".bar").first().evaluate((element) => getComputedStyle(element).borderTopWidth);
    assert.notEqual(edge, "0px", "where a bar ends is seen, too");
    assert.deepEqual(faults, []);
    await page.close();
  });
});
