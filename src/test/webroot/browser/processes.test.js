import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, skip, soon, startBrowser } from "./harness.js";

const HOST = { cpu: { busyPercent: 5, cores: { 0: { busyPercent: 5 } } }, processes: { count: 3 } };
/** @param {number} id @param {object} more */
const process = (id, more = {}) => ({ name: "java", user: "root", state: "sleeping", threadCount: 1, cpuPercent: id, residentBytes: 2 ** 20 * id, ...more });
const PROCESSES = { meta: { processes: { ok: true } }, processes: {
  1: process(1, { name: "systemd", unit: "init.scope" }),
  31: process(31, { program: "jenkins.war", unit: "jenkins.service", parent: 1, diskReadBytesPerSecond: 2 ** 20, diskWrittenBytesPerSecond: 0 }),
  42: process(42, { program: "<b>search.jar</b>", container: "3fa91c7d2e10", parent: 31, diskUnavailable: "only root may see it" }),
} };

describe("the table of processes", { skip }, () => {
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
  const open = async (/** @type {import("playwright-core").BrowserContextOptions} */ options = {}) => {
    const opened = await openBoard(browser, modules.url, { host: structuredClone(HOST), processes: structuredClone(PROCESSES) }, { viewport: { width: 1440, height: 900 }, ...options });
    const rows = opened.page.locator(".processes-table tbody tr");
    await opened.page.locator(".processes").scrollIntoViewIfNeeded(); // Out of sight it is not asked for.
    await rows.first().waitFor();
    const texts = () => rows.allInnerTexts().then((all) => all.map((text) => text.replaceAll("\u202f", " ").replaceAll(/\s+/g, " ").trim()));
    return { ...opened, texts };
  };

  test("rowsOfOneNameAreToldApartAndWhatMustNotBeSeenSaysWhy", async () => {
    const { page, texts, faults } = await open();
    assert.deepEqual(await texts(), [
      "java <b>search.jar</b> 3fa91c7d2e10 42.0 % 42 MiB n/a 42",
      "java jenkins.war jenkins 31.0 % 31 MiB 1.0 MiB/s 31",
      "systemd init.scope 1.0 % 1.0 MiB – 1",
    ]);
    await soon(async () => assert.equal(await page.locator(".processes-table td.disk").first().getAttribute("title"), "only root may see it"));
    await page.getByText("Disk use of other users’ processes is n/a: only root may see it.").waitFor();
    const cut = await page.$$eval(".processes-table tbody :is(th, td)", (cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent));
    assert.deepEqual(cut, [], "nothing is cut at 1440");
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("isFilteredSortedAndShownAsATreeAllByKeyboard", async () => {
    const { page, texts } = await open();
    const filter = page.getByRole("searchbox", { name: "Filter processes" });
    await filter.focus();
    await page.keyboard.type("java war");
    await soon(async () => assert.equal((await texts()).length, 1));
    await page.keyboard.press("Escape");
    await soon(async () => assert.equal((await texts()).length, 3));
    await page.getByRole("button", { name: "Memory", exact: true }).press("Enter");
    await page.getByRole("button", { name: "Memory", exact: true }).press("Enter");
    await soon(async () => assert.equal(await page.getAttribute("th:has-text('Memory')", "aria-sort"), "ascending"));
    await soon(async () => assert.match((await texts())[0] ?? "", /^systemd/));
    await page.getByRole("button", { name: "Tree" }).press("Enter");
    await soon(async () => assert.deepEqual((await texts()).map((text) => text.split(" ")[1]), ["init.scope", "jenkins.war", "<b>search.jar</b>"]));
    const indents = await page.$$eval(".processes-table tbody th", (all) => all.map((head) => parseFloat(getComputedStyle(head).paddingLeft)));
    assert.deepEqual(indents, [0, 14, 28]);
    await page.getByRole("button", { name: "By unit" }).press("Enter");
    await soon(async () => assert.match((await texts()).join("\n"), /^jenkins\.service java|jenkins\.war/m));
    assert.deepEqual(await accessibilityFaults(page).then((found) => found.filter((fault) => fault.includes("process"))), []);
    await soon(async () => assert.equal(await page.evaluate(() => localStorage.getItem("pulseboard.processes.view")), "groups"));
    await page.close();
  });

  test("onAPhoneNameProgramAndWhatTheyUseAreThere", async () => {
    const { page } = await open({ viewport: { width: 390, height: 800 } });
    await soon(async () => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true));
    await soon(async () => assert.deepEqual(await page.$$eval(".processes-table thead th", (all) => all.filter((head) => head.clientWidth > 0).map((head) => head.textContent)), ["Process", "Unit", "CPU", "Memory"]));
    await page.close();
  });
});
