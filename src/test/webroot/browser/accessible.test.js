// What axe finds on the pages that people open, in both schemes, on a phone and on a desk. Walls: wall.test.js; parts: parts.test.js.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, connectionIs, newPage, newState, run, skip, startBrowser, startServer } from "./harness.js";
import { boards as largeMachine } from "./large-machine.js";
import { answerWith } from "./spans.js";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESK = { viewport: { width: 1440, height: 900 } };

describe("the pages for everyone", { skip }, () => {
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

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const [device, options] of /** @type {[string, import("playwright-core").BrowserContextOptions][]} */ ([["phone", PHONE], ["desk", DESK]])) {
      test(`machineInTroubleIsCleanForAxe ${device} ${colorScheme}`, async () => {
        const { page, faults } = await openBoard(browser, modules.url, largeMachine(), { ...options, colorScheme });
        await page.locator(".filesystems .level-badge").first().waitFor();
        await page.locator(".cpu canvas").waitFor();
        assert.deepEqual(await accessibilityFaults(page), []);
        await page.getByText("Export").click();
        for (const more of await page.locator(".more:visible").all()) await more.click();
        assert.deepEqual(await accessibilityFaults(page), []);
        const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels`);
        assert.deepEqual(faults, []);
        await page.close();
      });
    }

    test(`pastWithAMomentHeldIsCleanForAxe ${colorScheme}`, async () => {
      const { page } = await openBoard(browser, `${modules.url}?span=24h`, largeMachine(), { ...DESK, colorScheme, before: (each) => answerWith(each, () => ({ min: 1, average: 2, max: 3 })) });
      await page.locator(".cpu canvas").waitFor();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowLeft");
      await page.locator('#span[data-view="past"]').waitFor();
      await page.locator(".chart.small .chart-tag:visible").first().waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.close();
    });

    test(`signInTokensAndBoardsOfOtherKindsAreCleanForAxe ${colorScheme}`, async () => {
      const state = newState();
      run(state, ["user", "add", "alice", "--role", "admin", "--password-stdin"], "correct horse 7\n");
      const server = await startServer("0", { XDG_STATE_HOME: state });
      const { page } = await newPage(browser, { ...PHONE, colorScheme });
      try {
        await page.goto(server.url);
        await page.getByLabel("Name").fill("alice");
        assert.deepEqual(await accessibilityFaults(page), []);
        await page.getByLabel("Password").fill("correct horse 7");
        await page.getByRole("button", { name: "Sign in" }).click();
        await connectionIs(page, "live");
        await page.locator(".account summary").click();
        await page.getByText("Tokens and sessions").click();
        await page.locator(".token").first().waitFor();
        assert.deepEqual(await accessibilityFaults(page), []);
        await page.keyboard.press("Escape");
        await page.goto(`${server.url}#/boards/boards`);
        await page.locator(".tree-card").waitFor();
        assert.deepEqual(await accessibilityFaults(page), []);
        await page.goto(`${server.url}#/boards/alerts`);
        await page.locator("#board .card").first().waitFor();
        assert.deepEqual(await accessibilityFaults(page), []);
        await page.setViewportSize({ width: 1440, height: 900 });
        assert.deepEqual(await accessibilityFaults(page), []);
      } finally {
        await page.close();
        await server.stop();
      }
    });
  }
});
