// A display on a wall: nobody scrolls it, nobody presses anything, and it is read from some metres.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, connectionIs, newPage, newState, repository, run, skip, soon, startBrowser, startServer } from "./harness.js";
import { boards as largeMachine, smallMachine } from "./large-machine.js";

const PICTURES = `${repository}target/pictures/`;
/** What a person can press, but for the links of the verdict. */
const CONTROLS = "button, input, select, summary, textarea, a[href]:not(.verdict a)";
/** Of a screen of 1080 lines, in pixels: 12 px was what nobody could read. */
const SMALLEST_TEXT = 14;

/** Runs in the page: what of the cards that are shown is not whole on the screen. */
function cut() {
  const shown = [...document.querySelectorAll("#board .card, .verdict, .header")].filter((one) => one.getClientRects().length > 0);
  return shown.filter((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1 || one.scrollWidth > one.clientWidth + 1;
  }).map((one) => `${one.className} ${JSON.stringify(one.getBoundingClientRect())}`);
}

/** Runs in the page: the size of the smallest text that is shown, in pixels of the screen. */
function smallestText() {
  const scale = Number(document.body.style.getPropertyValue("--wall"));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let smallest = Infinity;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element || !walker.currentNode.nodeValue?.trim() || element.getClientRects().length === 0 || element.closest(".visually-hidden, .more, script")) continue;
    smallest = Math.min(smallest, Number.parseFloat(getComputedStyle(element).fontSize) * scale);
  }
  return smallest;
}

describe("a display on a wall", { skip }, () => {
  /** @type {{ url: string, stop: () => void }} */
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

  /** Waits until all has come up, and is in its place. @param {import("playwright-core").Page} page */
  const arranged = async (page) => {
    await page.waitForFunction(() => document.querySelector(".wall-column .cpu .headline")?.textContent?.includes("%"));
    // Asked from here: the page's policy lets no text be run in it.
    const deadline = Date.now() + 20_000;
    while ((await page.evaluate(cut)).length > 0) {
      if (Date.now() > deadline) assert.fail(String(await page.evaluate(cut)));
      await page.waitForTimeout(50);
    }
  };

  for (const [name, boards, width, height, colorScheme] of /** @type {[string, () => any, number, number, "dark" | "light"][]} */ ([
    ["large-1080", largeMachine, 1920, 1080, "dark"], ["large-2160", largeMachine, 3840, 2160, "light"], ["small-1080", smallMachine, 1920, 1080, "light"], ["upright", largeMachine, 1080, 1920, "dark"],
  ])) {
    test(`everythingIsVisibleLargeAndWithoutControls ${name}`, async () => {
      const { page, faults } = await openBoard(browser, `${modules.url}?wall=600`, boards(), { viewport: { width, height }, colorScheme });
      await arranged(page);
      await soon(async () => assert.deepEqual(await page.evaluate(cut), []));
      const [across, down] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      assert.deepEqual([across, down], [width, height]);
      const pressed = await page.$$eval(CONTROLS, (all) => all.filter((one) => one.getClientRects().length > 0 && !one.matches(".more, .sort") && !one.closest(".chart")).map((one) => one.outerHTML));
      assert.deepEqual(pressed, []);
      const text = await page.evaluate(smallestText);
      const unit = Math.min(height / 1080, width / 1920);
      assert.ok(text >= SMALLEST_TEXT * unit * 0.85, `${text} px`);
      const [first] = await page.$$eval(".verdict, .header, #board", (all) => all.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map((one) => one.className));
      assert.equal(first, "verdict");
      await page.screenshot({ path: `${PICTURES}wall-${name}.png` });
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }

  test("cardsThatDoNotFitTakeTurnsAndEachIsSeen", async () => {
    const { page } = await openBoard(browser, `${modules.url}?wall=0.1`, largeMachine(), { viewport: { width: 1920, height: 1080 } });
    await arranged(page);
    const wanted = await page.$$eval("#board .card:not([hidden])", (all) => all.map((one) => one.className.split(" ")[0]).sort());
    const seen = new Set();
    const shown = () => page.$$eval("#board .card", (all) => all.filter((one) => one.getClientRects().length > 0).map((one) => String(one.className.split(" ")[0])));
    await soon(async () => assert.ok((await shown()).length < wanted.length, "not all at once"));
    for (let turn = 0; turn < 3; turn++) {
      for (const card of await shown()) seen.add(card);
      await soon(async () => assert.deepEqual(await page.evaluate(cut), []));
      const told = await page.textContent(".wall-turn");
      await page.waitForFunction((before) => document.querySelector(".wall-turn")?.textContent !== before, told);
    }
    assert.deepEqual([...seen].sort(), wanted);
    await page.close();
  });

  test("cardKeepsItsPlaceUntilSomethingDoesNotFitAnyMore", async () => {
    const { page, push, painted } = await openBoard(browser, `${modules.url}?wall=600`, smallMachine(), { viewport: { width: 1920, height: 1080 } });
    await arranged(page);
    const places = () => page.$$eval("#board .card:not([hidden])", (all) => Object.fromEntries(all.map((one) => [String(one.className.split(" ")[0]), [one, one.closest(".column")].map((each) => Math.round(each?.getBoundingClientRect().left ?? 0)).join()])));
    const before = await places();
    await push("processes", { processes: { 2: null, 3: null } });
    await push("host", { filesystems: { "/home": { usedPercent: 10, totalBytes: 10, usedBytes: 1, freeBytes: 9 } } });
    await painted();
    await soon(async () => assert.deepEqual(await places(), before));
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`Sensor ${index}`, { celsius: 40 + index }]));
    await push("host", { sensors: { temperatures: many }, pressure: { cpu: { someAvg10Percent: 1 }, memory: { someAvg10Percent: 1 }, io: { someAvg10Percent: 1 } } });
    await page.waitForFunction(() => document.querySelector(".wall-column .sensors") && document.querySelector(".wall-column .pressure"));
    await arranged(page);
    const tops = await page.$$eval(".wall-column", (columns) => columns.map((column) => column.firstElementChild?.className.split(" ")[0]));
    assert.deepEqual(tops.slice(0, 2), ["cpu", "processes"], "the order of the page stays");
    await page.close();
  });

  test("tokenOfADisplayShowsTheWallWithItsVerdict", async () => {
    const state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const [token = ""] = run(state, ["token", "add", "wall", "--scope", "read:*"]).split("\n");
    const server = await startServer("0", { XDG_STATE_HOME: state });
    const { page, faults } = await newPage(browser, { viewport: { width: 1920, height: 1080 } });
    try {
      await page.goto(`${server.url}?wall#token=${token}`);
      await connectionIs(page, "live");
      await page.locator(".verdict").waitFor();
      await page.locator(".filesystems .row").first().waitFor();
      await arranged(page);
      await soon(async () => assert.equal(await page.evaluate(() => location.search + location.hash), "?wall", "the token is gone"));
      await soon(async () => assert.equal(await page.locator(".account-place").isVisible(), false));
      await page.screenshot({ path: `${PICTURES}wall-live.png` });
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
      await server.stop();
    }
  });
});
