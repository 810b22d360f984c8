import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, skip, soon, startBrowser } from "./harness.js";
import { viewIs } from "./spans.js";

const HOST = { cpu: { busyPercent: 5, userPercent: 3, systemPercent: 2, cores: { 0: { busyPercent: 5 } } }, memory: { totalBytes: 100, usedBytes: 40, usedPercent: 40 } };
const BOARDS = { host: { kind: "host" }, tank: { kind: "tank", title: "Tank" }, well: { kind: "well", title: "Well" } };

describe("the page by keyboard", { skip }, () => {
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

  const open = async () => {
    const opened = await openBoard(browser, modules.url, { host: structuredClone(HOST), boards: structuredClone(BOARDS), tank: { level: 1 }, well: { level: 2 } });
    await opened.page.locator(".cpu canvas").waitFor();
    return opened;
  };
  const pressedSpan = (/** @type {import("playwright-core").Page} */ page) => page.locator('#span .spans [aria-pressed="true"]').allInnerTexts();

  test("digitsChooseTheSpan", async () => {
    const { page, faults } = await open();
    await page.keyboard.press("3");
    await soon(async () => assert.deepEqual((await pressedSpan(page)).map((text) => text.replace("\u202f", " ")), ["1 h"]));
    await page.keyboard.press("1");
    await viewIs(page, "plain");
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("spaceHoldsAndGoesOn", async () => {
    const { page } = await open();
    await page.keyboard.press("Space");
    await viewIs(page, "past");
    await page.keyboard.press("Space");
    await viewIs(page, "plain");
    await page.close();
  });

  test("spaceStillPressesTheButtonThatHasTheFocus", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "1 h", exact: false }).filter({ hasText: /^1.h$/ }).focus();
    await page.keyboard.press("Space");
    await soon(async () => assert.deepEqual((await pressedSpan(page)).map((text) => text.replace("\u202f", " ")), ["1 h"]));
    await viewIs(page, "live");
    await page.close();
  });

  test("arrowsPointAtAMomentInAllChartsAndEscapeLeaves", async () => {
    const { page } = await open();
    // Two seconds at least have to be known.
    await page.waitForFunction(() => /now \d/.test(document.querySelector(".cpu .chart")?.getAttribute("aria-label") ?? ""));
    // The moment stays where it is while time goes on, so its place in the span does not: time stands still from here.
    await page.evaluate(() => {
      const now = performance.now();
      performance.now = () => now;
    });
    await page.keyboard.press("ArrowLeft");
    const slider = page.locator(".moments input");
    await soon(async () => assert.equal(await slider.evaluate((element) => element === document.activeElement), true));
    const [value, max] = await slider.evaluate((/** @type {any} */ element) => [Number(element.value), Number(element.max)]);
    assert.equal(value, max - 1);
    await page.keyboard.press("ArrowLeft");
    await soon(async () => assert.equal(await slider.inputValue(), String(max - 2), "once, not twice"));
    await page.keyboard.press("Shift+ArrowLeft");
    await soon(async () => assert.equal(await slider.inputValue(), String(max - 12)));
    await page.keyboard.press("Escape");
    await soon(async () => assert.equal(await slider.evaluate((element) => element === document.activeElement), false));
    await page.evaluate(() => {
      const check = document.createElement("input");
      check.type = "radio";
      document.querySelector("#board")?.prepend(check);
      check.focus();
    });
    await page.keyboard.press("ArrowLeft");
    await soon(async () => assert.equal(await slider.evaluate((element) => element === document.activeElement), false, "a choice has arrows of its own"));
    await page.close();
  });

  test("bracketsGoFromBoardToBoard", async () => {
    const { page } = await open();
    await page.locator("nav.boards a").nth(2).waitFor();
    const current = () => page.locator("nav.boards [aria-current]").innerText();
    const at = async (/** @type {string} */ name) => {
      await page.waitForFunction((wanted) => document.querySelector("nav.boards [aria-current]")?.textContent?.trim() === wanted, name);
    };
    const first = (await current()).trim();
    await page.keyboard.press("]");
    await at("Tank");
    await page.keyboard.press("n");
    await at("Well");
    await page.keyboard.press("]");
    await at(first);
    await page.keyboard.press("p");
    await at("Well");
    await page.close();
  });

  test("slashGoesToTheFilterThatIsThere", async () => {
    const { page } = await open();
    await page.evaluate(() => {
      const filter = document.createElement("input");
      filter.type = "search";
      document.querySelector("#board")?.prepend(filter);
    });
    await page.keyboard.press("/");
    await soon(async () => assert.equal(await page.evaluate(() => /** @type {any} */ (document.activeElement)?.type), "search"));
    await page.keyboard.type("3 /?n]");
    await soon(async () => assert.equal(await page.evaluate(() => /** @type {any} */ (document.activeElement)?.value), "3 /?n]", "what is typed is text"));
    await viewIs(page, "plain");
    await soon(async () => assert.equal(await page.locator("dialog").count(), 0));
    await page.close();
  });

  test("browserKeepsItsOwnKeys", async () => {
    const { page } = await open();
    for (const key of ["Control+3", "Alt+3", "Meta+3"]) await page.keyboard.press(key);
    await viewIs(page, "plain");
    await page.close();
  });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`helpTellsTheKeysAndGivesTheFocusBack ${colorScheme}`, async () => {
      const { page, faults } = await open();
      await page.emulateMedia({ colorScheme });
      const button = page.getByRole("button", { name: "Help and keys" });
      await button.press("Enter");
      const help = page.getByRole("dialog", { name: "Help" });
      await help.waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.keyboard.press("3");
      await soon(async () => assert.equal((await pressedSpan(page)).length, 1));
      await viewIs(page, "plain");
      await page.keyboard.press("Escape");
      await help.waitFor({ state: "detached" });
      await soon(async () => assert.equal(await button.evaluate((element) => element === document.activeElement), true));
      await page.keyboard.press("?");
      await help.waitFor();
      assert.deepEqual(faults, []);
      await page.close();
    });
  }

  test("singleKeysCanBeSwitchedOffAndThatIsKept", async () => {
    const { page } = await open();
    await page.keyboard.press("?");
    await page.getByLabel("Single keys do something").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("3");
    await viewIs(page, "plain");
    await soon(async () => assert.equal(await page.evaluate(() => localStorage.getItem("pulseboard.keys")), "off"));
    await page.getByRole("button", { name: "Help and keys" }).click();
    await soon(async () => assert.equal(await page.getByLabel("Single keys do something").isChecked(), false));
    await page.close();
  });
});
