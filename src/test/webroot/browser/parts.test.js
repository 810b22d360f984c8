// The parts that pages are built from, in the gallery that shows each of them.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { startModules } from "./bare.js";
import { accessibilityFaults, newPage, repository, skip, soon, startBrowser } from "./harness.js";

/** For people to look at. */
const PICTURES = `${repository}target/pictures/`;

describe("the parts of the page", { skip }, () => {
  /** @type {Awaited<ReturnType<typeof startModules>>} */
  let modules;
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [modules, browser] = await Promise.all([startModules(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    modules?.stop();
  });

  /** @param {import("playwright-core").BrowserContextOptions} [options] @param {string} [query] */
  async function gallery(options = {}, query = "?still") {
    const opened = await newPage(browser, options);
    await opened.page.goto(`${modules.url}demo.html${query}`);
    await opened.page.locator("main[data-ready]").waitFor();
    return opened;
  }

  for (const [name, options] of /** @type {[string, import("playwright-core").BrowserContextOptions][]} */ ([
    ["desktop-light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
    ["desktop-dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
    ["phone-light", { viewport: { width: 320, height: 740 }, colorScheme: "light", hasTouch: true, isMobile: true }],
    ["phone-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true }],
    ["contrast", { viewport: { width: 1440, height: 900 }, forcedColors: "active" }],
  ])) {
    test(`galleryFitsAndIsCleanForEveryone ${name}`, async () => {
      const { page, faults } = await gallery(options);
      await page.screenshot({ path: `${PICTURES}parts-${name}.png`, fullPage: true });
      const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels`);
      const cut = await page.$$eval(".card, .blank, .state, .key-figure", (all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 90)));
      assert.deepEqual(cut, []);
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }

  test("tableSortsByItsHeadingsAndSaysSo", async () => {
    const { page } = await gallery();
    const head = page.getByRole("columnheader", { name: "Memory" });
    await head.getByRole("button").press("Enter");
    await soon(async () => assert.equal(await head.getAttribute("aria-sort"), "descending"));
    const sizes = () => page.$$eval(".table tbody tr", (rows) => rows.map((row) => row.children[5]?.textContent ?? ""));
    const down = await sizes();
    await head.getByRole("button").press("Enter");
    await soon(async () => assert.equal(await head.getAttribute("aria-sort"), "ascending"));
    await soon(async () => assert.notDeepEqual(await sizes(), down));
    await soon(async () => assert.equal(await page.getByRole("columnheader", { name: "CPU" }).getAttribute("aria-sort"), "none"));
    await page.close();
  });

  test("tableIsFilteredAndSaysHowManyAreLeft", async () => {
    const { page } = await gallery();
    const filter = page.getByLabel("Filter programs");
    const name = await page.locator(".table tbody th").first().innerText();
    await filter.fill(name);
    const left = await page.$$eval(".table tbody tr", (rows) => rows.map((row) => row.textContent ?? ""));
    assert.ok(left.length > 0 && left.every((row) => row.includes(name)), left.join("\n"));
    await soon(async () => assert.match(await page.locator(".table-head [role=status]").innerText(), /^\d+ of \d+ programs$/));
    await filter.fill("no such program");
    await page.getByText("No programs with “no such program”.").waitFor();
    await filter.press("Escape");
    await soon(async () => assert.equal(await filter.inputValue(), ""));
    await soon(async () => assert.ok(await page.locator(".table tbody tr").count() > 1));
    await page.close();
  });

  test("rowsAreGoneThroughByKeysAndStayWhileSomebodyIsAtOne", async () => {
    const { page } = await gallery({}, "");
    const names = () => page.$$eval(".table tbody tr", (rows) => rows.map((row) => row.lastElementChild?.textContent).join());
    await page.locator(".table-open").first().focus();
    const before = await names();
    await page.keyboard.press("ArrowDown");
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll(".table-open")[1]), true));
    await page.evaluate(() => new Promise((resolve) => new MutationObserver(resolve).observe(/** @type {Node} */ (document.querySelector(".table tbody")), { subtree: true, characterData: true })));
    await soon(async () => assert.equal(await names(), before));
    await page.close();
  });

  test("drawerKeepsTheFocusAndGivesItBack", async () => {
    const { page } = await gallery();
    const opener = page.locator(".table-open").nth(2);
    await opener.press("Enter");
    const drawer = page.getByRole("dialog");
    await drawer.waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    for (let press = 0; press < 5; press++) {
      await page.keyboard.press("Tab");
      await soon(async () => assert.equal(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null), true, "not what is behind it"));
    }
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await soon(async () => assert.equal(await opener.evaluate((element) => element === document.activeElement), true));
    await page.close();
  });

  test("progressSaysWhatItKnowsAlsoToThoseWhoCannotSeeIt", async () => {
    const { page } = await gallery();
    const bar = (/** @type {string} */ name) => page.getByRole("progressbar", { name });
    await soon(async () => assert.equal(await bar("Photos to the cloud").getAttribute("aria-valuenow"), "32"));
    await soon(async () => assert.equal(await bar("Scan of /srv").getAttribute("aria-valuenow"), null));
    await soon(async () => assert.match(await bar("Scan of /srv").getAttribute("aria-valuetext") ?? "", /not known/));
    await soon(async () => assert.match(await bar("Backup of databases").getAttribute("aria-valuetext") ?? "", /69.%, stalled for 3.min/));
    await page.close();
  });

  test("eventsAreButtonsThatSayWhatWasWhen", async () => {
    const { page } = await gallery();
    const [first] = await page.$$eval(".lane-event", (all) => all.map((one) => one.getAttribute("aria-label")));
    assert.match(first ?? "", /^\/srv\/photos 93 % full \(warning\), from .*, for 21.min 0.s$/);
    await page.locator(".lane-event").first().press("Enter");
    await page.getByRole("dialog").getByText("/srv/photos 93 % full").waitFor();
    await page.close();
  });

  test("nothingMovesByItself", async () => {
    const { page } = await gallery();
    await soon(async () => assert.equal(await page.evaluate(() => document.getAnimations().length), 0));
    await page.close();
  });
});
