// A thousand machines on one page, without a server: what is drawn, found, and reached by keyboard.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, skip, soon, startBrowser } from "./harness.js";

const COUNT = 1_000;
/** @param {number} index */
const row = (index) => ({
  name: `web${index}`, group: index % 2 ? "berlin" : "home", state: index === 777 ? "offline" : index === 500 ? "late" : "live", since: 1_700_000_000_000,
  ...(index === 777 ? {} : { cpuBusyPercent: index / 10, memoryUsedPercent: 40, load1: 0.5, coreCount: 4, fullestFilesystemPercent: index === 3 ? 96 : 50, fullestFilesystem: "/", receivedBytesPerSecond: 1_000, sentBytesPerSecond: 500 }),
});
const hosts = (/** @type {number} */ count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`web${index}`, row(index)]));
const boards = (/** @type {number} */ count) => ({
  host: {}, fleet: { hosts: hosts(count), hub: { hostCount: count, liveCount: count - 2, isolated: false, store: "ok" } },
  boards: { host: { title: "Host", kind: "host" }, fleet: { title: "Machines", kind: "fleet" } },
});

describe("the page of many machines", { skip }, () => {
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
  const open = (/** @type {number} */ count = COUNT) => openBoard(browser, `${modules.url}#/boards/fleet`, boards(count));
  const names = (/** @type {import("playwright-core").Page} */ page) =>
    page.$$eval(".fleet-row .fleet-link", (all) => all.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map((one) => one.textContent));

  test("onlyRowsThatAreSeenAreDrawnAndTroubleIsFirst", async () => {
    const { page, push, faults } = await open();
    await page.locator(".fleet-link", { hasText: "web777" }).waitFor();
    await soon(async () => assert.ok(await page.locator(".fleet-row").count() < 60, "a screen of rows and no more"));
    await soon(async () => assert.equal(await page.locator(".fleet-frame").getAttribute("aria-rowcount"), String(COUNT + 3), "head and two groups"));
    const shown = await names(page);
    assert.deepEqual(shown.slice(0, 3), ["web3", "web777", "web1"], "within the group berlin: critical first");
    await push("fleet", { hosts: { web1: { state: "offline", cpuBusyPercent: null } } });
    await page.locator(".fleet-row", { hasText: /^offlineweb1/ }).waitFor();
    await page.locator(".fleet-frame").evaluate((frame) => { frame.scrollTop = 1e9; });
    await page.locator(".fleet-link", { hasText: "web998" }).waitFor();
    await soon(async () => assert.ok(await page.locator(".fleet-row").count() < 60));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("oneLineFiltersAndIsKeptInTheAddress", async () => {
    const { page, faults } = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("group:home cpu>99 web");
    await page.waitForFunction(() => location.search.includes("machines="));
    await soon(async () => assert.deepEqual((await names(page)).sort(), ["web992", "web994", "web996", "web998"]));
    await page.locator(".fleet-filter").fill("state:offline");
    await page.waitForFunction(() => document.querySelectorAll(".fleet-row .fleet-link").length === 1);
    await soon(async () => assert.deepEqual(await names(page), ["web777"]));
    await page.locator(".fleet-filter").fill("nothing-like-it");
    await page.getByText("No machine fits “nothing-like-it”.").waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("listIsSortedByAnyFigureAndWalkedByKeys", async () => {
    const { page, faults } = await open();
    await page.locator(".fleet-link").first().waitFor();
    await page.getByRole("button", { name: "CPU" }).click();
    await page.locator(".fleet-link", { hasText: "web999" }).waitFor();
    await soon(async () => assert.deepEqual((await names(page)).slice(0, 2), ["web999", "web997"]));
    await page.locator(".fleet-frame").focus();
    await page.keyboard.press("j");
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.textContent), "web999"));
    await page.keyboard.press("j");
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.textContent), "web997"));
    await page.keyboard.press("k");
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), "#/boards/web999/host"));
    await page.locator(".fleet-frame").evaluate((frame) => { frame.scrollTop = 0; });
    await page.locator(".fleet-fold", { hasText: /^berlin: 500 machines/ }).click();
    await page.locator(".fleet-link", { hasText: "web998" }).waitFor();
    await soon(async () => assert.equal(await page.locator(".fleet-link", { hasText: "web999" }).count(), 0, "folded"));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("wallHasASquareForEachMarkedByMoreThanAColour", async () => {
    const { page, faults } = await open();
    await page.getByRole("button", { name: "Wall" }).click();
    await page.waitForFunction((count) => document.querySelectorAll(".fleet-wall li").length === count, COUNT);
    const first = page.locator(".fleet-wall a").first();
    await soon(async () => assert.match(await first.getAttribute("aria-label") ?? "", /^web3: live, \/ 96\s% full$/));
    await soon(async () => assert.equal(await first.locator("b").innerText(), "!"));
    await soon(async () => assert.ok((await page.locator(".fleet-wall").boundingBox())?.width ?? 0 > 300));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("displayOnAWallHasTheSquaresAcrossTheScreenAndNothingToPress", async () => {
    const { page, faults } = await openBoard(browser, `${modules.url}?wall=600#/boards/fleet`, boards(20), { viewport: { width: 1920, height: 1080 } });
    await page.waitForFunction(() => document.querySelectorAll(".wall-column .fleet-wall li").length === 20);
    await soon(async () => assert.ok(((await page.locator(".card.fleet").boundingBox())?.width ?? 0) > 1_700));
    await soon(async () => assert.equal(await page.locator(".fleet-tools").isVisible(), false));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("machinesAreComparedOnOneAxisSixAtMost", async () => {
    const { page, faults } = await open(20);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.locator(".fleet-chips li").nth(2).waitFor();
    for (const id of ["web1", "web2", "web4", "web5"]) {
      await page.getByLabel("Add a machine").fill(id);
      await page.getByLabel("Add a machine").press("Enter");
    }
    await soon(async () => assert.equal(await page.locator(".fleet-chips li").count(), 6));
    await page.getByText("Six are the most").waitFor();
    await page.locator(".fleet-tools select").selectOption("load1");
    await page.locator('.fleet-chart .chart[aria-label^="Load of"]').waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("pageIsAccessibleAndFitsAPhone", async () => {
    const { page } = await open(100);
    await page.locator(".fleet-link").first().waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByRole("button", { name: "Wall" }).click();
    await page.locator(".fleet-wall li").first().waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByRole("button", { name: "List" }).click();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator(".fleet-worst").first().waitFor();
    await soon(async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing to scroll sideways"));
    await page.close();
  });
});
