import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { newPage, skip, soon, startBrowser, startServer } from "./harness.js";

const HOST = {
  cpu: { busyPercent: 5, cores: { 0: { busyPercent: 5 } } },
  memory: { totalBytes: 100, usedBytes: 97, usedPercent: 97, swap: { totalBytes: 10, usedBytes: 9, usedPercent: 90 } },
  pressure: { cpu: { someAvg10Percent: 71 }, memory: { someAvg10Percent: 1 }, io: { someAvg10Percent: 1 } },
  sensors: { temperatures: { "Core 0": { celsius: 40 }, "Core 1": { celsius: 91 } }, batteries: { "Core 1": { chargePercent: 50 } } },
  network: { interfaces: { eth0: { up: true }, eth1: { up: true } }, tcp: { established: 1 } },
  disks: { sda: { busyPercent: 1 }, sdb: { busyPercent: 1 } },
  filesystems: { "/": { usedPercent: 50, totalBytes: 10, usedBytes: 5, freeBytes: 5 }, "/srv": { usedPercent: 88, totalBytes: 10, usedBytes: 9, freeBytes: 1 } },
};
/** @param {string} watch @param {string} level @param {string} text @param {string} [key] */
const alert = (watch, level, text, key) => ({ board: "host", rule: "r", section: watch.split(".")[0], watch, level, text, key, state: "firing" });
const ALERTS = {
  verdict: { level: "critical", text: "Much is wrong." },
  alerts: {
    a: alert("filesystems.*.usedPercent", "warning", "/srv is 88 % full", "/srv"),
    b: alert("memory.usedPercent", "critical", "memory is 97 % used"),
    c: alert("memory.swap.usedPercent", "warning", "swap is 90 % used"),
    d: alert("pressure.cpu.someAvg10Percent", "warning", "programs wait for the CPU"),
    e: alert("sensors.temperatures.*.celsius", "critical", "Core 1 has 91 °C", "Core 1"),
    f: alert("network.interfaces.*.receiveErrorsPerSecond", "warning", "eth1 receives damaged packets", "eth1"),
    g: alert("disks.*.averageWaitMilliseconds", "warning", "<b>sdb</b> answers late", "sdb"),
    pending: { ...alert("container.cpuUsedPercent", "", "soon"), level: undefined, state: "pending" },
    other: { ...alert("cpu.busyPercent", "critical", "of another board"), board: "tank" },
  },
};
const DIRECTORY = { host: { kind: "host" }, alerts: { kind: "alerts" } };

/** Where there is a badge, and what it says. @param {import("playwright-core").Page} page */
const marks = (page) => page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".level-badge:not([hidden])")].map((badge) => {
  const of = /** @type {HTMLElement} */ (badge.closest("[data-level]"));
  const name = of.querySelector(".row-name, dt, h3")?.textContent ?? "";
  const card = String(badge.closest(".card")?.className.split(" ")[0]);
  return [of.classList.contains("card") ? card : `${card} ${name}`, `${badge.textContent} / ${of.dataset.level}`];
})));

describe("levels on the cards", { skip }, () => {
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

  test("cardAndRowSayTheLevelThatTheRulesGiveThemInColourSignAndWord", async () => {
    const { page, push, faults } = await openBoard(browser, modules.url, { host: structuredClone(HOST), alerts: structuredClone(ALERTS), boards: DIRECTORY });
    await page.locator(".memory > .card-head .level-badge").waitFor();
    assert.deepEqual(await marks(page), {
      cpu: "warning: programs wait for the CPU / warning",
      memory: "critical: memory is 97 % used; swap is 90 % used / critical",
      "memory Swap": "warning: swap is 90 % used / warning",
      pressure: "warning: programs wait for the CPU / warning",
      "pressure CPU": "warning: programs wait for the CPU / warning",
      sensors: "critical: Core 1 has 91 °C / critical",
      "sensors Core 1": "critical: Core 1 has 91 °C / critical",
      network: "warning: eth1 receives damaged packets / warning",
      "network eth1": "warning: eth1 receives damaged packets / warning",
      disks: "warning: <b>sdb</b> answers late / warning",
      "disks sdb": "warning: <b>sdb</b> answers late / warning",
      filesystems: "warning: /srv is 88 % full / warning",
      "filesystems /srv": "warning: /srv is 88 % full / warning",
    });
    const color = (/** @type {string} */ row) => page.locator(row).first().evaluate((element) => getComputedStyle(element).backgroundColor);
    await soon(async () => assert.notEqual(await color(".filesystems .row[data-level] .bar-part"), await color(".filesystems .row:not([data-level]) .bar-part")));
    await push("alerts", { alerts: { a: null, b: null, c: null, d: null, e: null, f: null, g: null } });
    await page.waitForFunction(() => document.querySelectorAll("[data-level]:not(.verdict)").length === 0);
    await soon(async () => assert.deepEqual(await marks(page), {}));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("whatIsInTroubleComesFirstWithinItsCardAndCardsKeepTheirPlaces", async () => {
    const { page, push } = await openBoard(browser, modules.url, { host: structuredClone(HOST), alerts: { alerts: {} }, boards: DIRECTORY });
    const names = (/** @type {string} */ card) => page.locator(`.${card} .row-name`).allInnerTexts();
    const cards = () => page.$$eval(".card", (all) => all.map((card) => card.className));
    await page.locator(".disks .row-name").getByText("sdb").waitFor();
    await soon(async () => assert.deepEqual([await names("disks"), await names("network")], [["sda", "sdb"], ["eth0", "eth1"]]));
    const before = await cards();
    await push("alerts", ALERTS);
    await page.waitForFunction(() => document.querySelector(".disks .row-name")?.textContent === "sdb");
    await soon(async () => assert.deepEqual([await names("disks"), await names("network")], [["sdb", "sda"], ["eth1", "eth0"]]));
    await soon(async () => assert.deepEqual(await page.locator(".sensors .chips").first().locator("dt").allInnerTexts(), ["Core 1", "Core 0"]));
    await soon(async () => assert.deepEqual(await cards(), before));
    await page.close();
  });

  test("ruleOfAFileOfTheRealServerMarksItsCard", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulseboard-rules-"));
    writeFileSync(join(folder, "own.yaml"), `rules:
  - name: any-memory
    watch: host:memory.usedPercent
    alarm: {above: 0}
    text: "{{value}} of memory is used"
`);
    const server = await startServer("0", { PULSEBOARD_ALERTS_FOLDER: folder });
    const { page, faults } = await newPage(browser);
    try {
      await page.goto(server.url);
      await page.locator(".memory[data-level='critical'] > .card-head .level-badge", { hasText: /critical: \d.* of memory is used/ }).waitFor();
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });

  test("filesystemSaysWhenItIsFullWhereTheHistoryTells", async () => {
    const fullAt = Date.now() + 4.4 * 86_400_000;
    const { page, push } = await openBoard(browser, modules.url, { host: structuredClone(HOST), alerts: { alerts: {}, forecasts: { "/srv": { fullAt } } }, boards: DIRECTORY });
    const row = page.locator(".filesystems .row").filter({ hasText: "/srv" });
    await row.getByText("free · full in about 4 days").waitFor();
    await soon(async () => assert.equal(await page.locator(".filesystems .row").getByText("full in").count(), 1));
    await push("alerts", { forecasts: { "/srv": { fullAt: Date.now() + 5.2 * 3_600_000 } } });
    await row.getByText("full in about 5 hours").waitFor();
    await push("alerts", { forecasts: { "/srv": null } });
    await page.waitForFunction(() => !document.querySelector(".filesystems")?.textContent?.includes("full in"));
    await page.close();
  });

  test("boardOfAnotherMachineHasTheLevelsThatItSaysItselfAndNoneOfThisOne", async () => {
    const far = { ...alert("memory.usedPercent", "critical", "far"), board: "host" };
    const boards = { ...DIRECTORY, "web1/host": { kind: "host" }, "web1/alerts": { kind: "alerts" } };
    const own = { verdict: { level: "critical", text: "far.", since: 0 }, alerts: { far } };
    const states = { "web1/host": structuredClone(HOST), "web1/alerts": own, alerts: structuredClone(ALERTS), boards };
    const { page, faults, painted } = await openBoard(browser, `${modules.url}#/boards/web1/host`, states);
    await page.locator(".memory .headline").getByText("97").waitFor();
    await page.locator(".verdict", { hasText: "far" }).waitFor();
    await painted();
    await soon(async () => assert.deepEqual(Object.keys(await marks(page)), ["memory"]));
    await soon(async () => assert.equal(await page.locator(".verdict a").getAttribute("href"), "#/boards/web1/host"));
    assert.deepEqual(faults, []);
    await page.close();
  });
});
