import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { skip, soon, startBrowser } from "./harness.js";

const HOST = {
  cpu: { busyPercent: 5, cores: { 0: { busyPercent: 5 } } },
  network: { receivedBytesPerSecond: 12_500_000, sentBytesPerSecond: 125_000, tcp: { established: 241, listen: 3 }, interfaces: {
    enp3s0: { up: true, speedBitsPerSecond: 1e9, receivedBytesPerSecond: 12_500_000, sentBytesPerSecond: 125_000 },
    ...Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`br-3fa91c7d2e${10 + index}`, { up: true, speedBitsPerSecond: 1e10, receivedBytesPerSecond: 1, sentBytesPerSecond: 1 }])),
  } },
};

describe("the card of the network", { skip }, () => {
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
  const plain = (/** @type {string} */ text) => text.replaceAll("\u202f", " ").replaceAll(/\s+/g, " ");

  test("trafficIsLargeAndConnectionsAreSmallAndAllIsInBitsWhereSomebodyWantsThat", async () => {
    const { page, faults } = await openBoard(browser, modules.url, { host: structuredClone(HOST) });
    const head = () => page.locator(".network .card-head").innerText().then(plain);
    const row = () => page.locator(".network .row").innerText().then(plain);
    await soon(async () => assert.match(await head(), /↓ received 12 MiB\/s ↑ sent 122 KiB\/s$/));
    await soon(async () => assert.match(await row(), /^enp3s0 10 % of 1\.0 Gbit\/s ↓ 12 MiB\/s ↑ 122 KiB\/s$/));
    const size = (/** @type {string} */ text) => page.locator(".network .figure-value").getByText(text, { exact: true }).first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    await soon(async () => assert.ok(await size("12") > 1.25 * await size("241")));
    await page.getByRole("button", { name: "in bytes" }).click();
    await soon(async () => assert.match(await head(), /↓ received 100 Mbit\/s ↑ sent 1\.0 Mbit\/s/));
    await soon(async () => assert.match(await row(), /↓ 100 Mbit\/s ↑ 1\.0 Mbit\/s$/));
    await page.waitForFunction(() => document.querySelector(".network .chart")?.getAttribute("data-top")?.endsWith("Mbit/s"));
    await soon(async () => assert.equal(await page.evaluate(() => localStorage.getItem("pulseboard.network.unit")), "bits", "it is kept"));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("bridgesAreFoldedAwayAndNoNameIsBrokenWithinAWord", async () => {
    const { page } = await openBoard(browser, modules.url, { host: structuredClone(HOST) }, { viewport: { width: 390, height: 800 } });
    await soon(async () => assert.deepEqual(await page.locator(".network .row-name").allInnerTexts(), ["enp3s0"]));
    await page.getByRole("button", { name: "Show all 25 interfaces (24 more, all virtual)" }).click();
    await soon(async () => assert.equal(await page.locator(".network .row").count(), 25));
    const heights = await page.$$eval(".network .row-name", (all) => all.map((name) => name.getBoundingClientRect().height));
    assert.ok(Math.max(...heights) < 1.5 * Math.min(...heights), `each in one line: ${heights}`);
    await soon(async () => assert.doesNotMatch(await page.locator(".network").innerText(), /10 Gbit/, "the speed of a bridge means nothing"));
    await page.close();
  });
});
