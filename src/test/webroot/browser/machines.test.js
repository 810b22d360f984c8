// Boards of this machine and of others, as the directory has them: what is shown, and how to get there.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, skip, soon, startBrowser } from "./harness.js";

/** @typedef {import("playwright-core").Page} Page */

/** @param {number} usedPercent */
const host = (usedPercent) => ({
  cpu: { busyPercent: 5, userPercent: 3, systemPercent: 2, cores: { 0: { busyPercent: 5 } } },
  memory: { totalBytes: 100, usedBytes: usedPercent, usedPercent, availableBytes: 100 - usedPercent, cachedBytes: 30, buffersBytes: 0 },
});
const processes = { processes: { 7: { name: "nginx", user: "root", cpuPercent: 10, residentBytes: 2 ** 20, state: "sleeping", threadCount: 1 } } };
const info = { host: { title: "Host", kind: "host" }, processes: { title: "Processes", kind: "processes" }, other: { title: "Other", kind: "constructor" } };
const OFFLINE = { state: "offline", since: Date.now() - 3_600_000, reason: "link_lost" };

/** The states of all boards of two machines. */
const boards = () => ({
  host: host(40), processes: {}, "web1/host": host(77), "web1/processes": processes, "web1/other": { count: 3 },
  boards: { boards: { title: "Boards", kind: "boards" }, host: info.host, processes: info.processes, "web1/host": info.host, "web1/processes": info.processes, "web1/other": info.other },
});

describe("a page with boards of several machines", { skip }, () => {
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

  const links = (/** @type {Page} */ page) => page.locator("nav.boards a").evaluateAll((all) => all.map((one) => /** @type {HTMLElement} */ (one).innerText.trim()));
  const link = (/** @type {Page} */ page, /** @type {string} */ text) => page.locator("nav.boards a", { hasText: text });
  const memoryIs = (/** @type {Page} */ page, /** @type {string} */ text) => page.locator(".memory .headline .figure-value", { hasText: text }).waitFor();

  test("navigationIsByMachineAndFollowsTheDirectory", async () => {
    const { page, push, faults } = await openBoard(browser, modules.url, boards());
    await link(page, "web1").waitFor();
    await soon(async () => assert.deepEqual(await links(page), ["This machine", "web1", "Other"]));
    await push("boards", { "web2/host": info.host, toy: { title: "Toy", kind: "toy" } });
    await link(page, "web2").waitFor();
    await soon(async () => assert.deepEqual(await links(page), ["This machine", "Toy", "web1", "Other", "web2"]));
    await push("boards", { "web1/host": null, "web1/processes": null, "web1/other": null, toy: null });
    await link(page, "web1").waitFor({ state: "detached" });
    await soon(async () => assert.deepEqual(await links(page), ["This machine", "web2"]));
    await push("boards", { "web2/host": null });
    await page.locator("nav.boards").waitFor({ state: "hidden" });
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("hostOfAnotherMachineHasTheSamePage", async () => {
    const { page, push, faults } = await openBoard(browser, modules.url, boards());
    await memoryIs(page, "40");
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).pathname));
    await link(page, "web1").click();
    await memoryIs(page, "77");
    await soon(async () => assert.equal(await page.evaluate(() => location.hash), "#/boards/web1/host"));
    await soon(async () => assert.equal(await page.locator("h1").textContent(), "web1"));
    await soon(async () => assert.equal((await page.locator("nav.boards [aria-current]").innerText()).trim(), "web1"));
    await soon(async () => assert.match((await page.getByText("these figures as JSON").getAttribute("href")) ?? "", /\/api\/boards\/web1\/host$/));
    await page.locator(".processes-table", { hasText: "nginx" }).waitFor();
    await soon(async () => assert.ok(asked.includes("/api/boards/web1/host/history"), String(asked)));
    assert.ok(!asked.some((path) => path.startsWith("/api/boards/host")), String(asked));
    await push("boards", { "web1/processes": null });
    await page.locator(".processes-table").waitFor({ state: "hidden" });
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("kindThatThePageDoesNotKnowIsShownAsATreeWhateverItIsCalled", async () => {
    const { page, faults } = await openBoard(browser, `${modules.url}#/boards/web1/other`, boards());
    await page.locator(".tree-card li", { hasText: "count3" }).waitFor();
    await soon(async () => assert.equal(await page.locator(".headline").count(), 0));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("boardThatIsNotThereIsSaidToBeAndIsShownWhenItComes", async () => {
    const { page, push, faults } = await openBoard(browser, `${modules.url}#/boards/web2/host`, { ...boards(), "web2/host": host(55) });
    await page.getByText("There is no board “web2/host” now.").waitFor();
    await push("boards", { "web2/host": info.host });
    await memoryIs(page, "55");
    await soon(async () => assert.equal(await page.getByText("There is no board").count(), 0));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("pageThatDoesNotLoadIsSaidTo", async () => {
    const { page } = await openBoard(browser, modules.url, boards(), { before: (one) => one.route("**/boards/tree/board.js", (route) => route.abort()) });
    await link(page, "Other").click();
    await page.getByText("The page of this board did not load.").waitFor();
    await link(page, "This machine").click();
    await memoryIs(page, "40");
    await page.close();
  });

  test("machineThatIsNotHeardOfIsShownWithItsLastFiguresUntilItIsBack", async () => {
    const { page, push, faults } = await openBoard(browser, `${modules.url}#/boards/web1/host`, boards());
    await page.locator("body[data-connection=live]").waitFor();
    const tone = () => page.locator(".memory .headline .figure-value").evaluate((one) => getComputedStyle(one).color);
    const plain = await tone();
    await push("boards", { "web1/host": { health: OFFLINE }, "web1/other": { health: OFFLINE } });
    await page.getByText(/^web1 has not been heard from since (\d+ \w+ \d+, )?\d\d:\d\d:\d\d \(the link to it was lost\)\. These are its last figures\.$/).waitFor();
    await page.locator("body[data-connection=offline]").waitFor();
    await soon(async () => assert.equal(await page.locator(".connection-word").textContent(), "offline"));
    await memoryIs(page, "77");
    await soon(async () => assert.notEqual(await tone(), plain));
    await page.waitForFunction(() => document.title.startsWith("–"));
    await link(page, "web1 offline").waitFor();
    await link(page, "Other offline").waitFor();
    await soon(async () => assert.deepEqual(await links(page), ["This machine", "web1 offline", "Other offline"]));
    await push("boards", { "web1/host": { health: null }, "web1/other": { health: { state: "live", since: null, reason: null } } });
    await push("web1/host", { memory: { usedPercent: 78 } });
    await page.locator("body[data-connection=live]").waitFor();
    await soon(async () => assert.equal(await page.getByText("has not been heard from").count(), 0));
    await page.waitForFunction(() => !/offline/.test(/** @type {HTMLElement} */ (document.querySelector("nav.boards")).innerText));
    await soon(async () => assert.equal(await tone(), plain));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("machineThatWasLostBeforeThePageWasOpenedIsNeverCalledLive", async () => {
    const all = boards();
    const lost = { ...all, boards: { ...all.boards, "web1/host": { ...info.host, health: OFFLINE } } };
    /** @type {Promise<unknown>} */
    let asked = Promise.resolve();
    const before = (/** @type {Page} */ page) => {
      asked = page.waitForRequest((request) => request.url().includes("/api/boards/web1/host/history?"));
      return page.addInitScript(() => addEventListener("DOMContentLoaded", () =>
        new MutationObserver(() => void (document.body.dataset.words = `${document.body.dataset.words ?? ""} ${document.body.dataset.connection}`))
          .observe(document.body, { attributeFilter: ["data-connection"] })));
    };
    const { page } = await openBoard(browser, `${modules.url}?span=1h#/boards/web1/host`, lost, { before, ats: { "web1/host": OFFLINE.since } });
    await memoryIs(page, "77");
    await page.locator("body[data-connection=offline]").waitFor();
    await asked;
    await soon(async () => assert.doesNotMatch((await page.getAttribute("body", "data-words")) ?? "", /live/));
    const ahead = await page.evaluate(() => /** @type {any} */ (globalThis).feed.serverTime - Date.now());
    assert.ok(Math.abs(ahead) < 60_000, `the charts end ${ahead} ms from now`);
    await page.close();
  });

  test("skipLinkAndKeyboardStayOnTheBoard", async () => {
    const { page } = await openBoard(browser, `${modules.url}#/boards/web1/host`, boards());
    await memoryIs(page, "77");
    await page.locator(".skip").focus();
    await page.keyboard.press("Enter");
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.id), "board"));
    await soon(async () => assert.equal(await page.evaluate(() => location.hash), "#/boards/web1/host"));
    await memoryIs(page, "77");
    await link(page, "Other").focus();
    await page.keyboard.press("Enter");
    await page.locator(".tree-card").waitFor();
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim().split(" ")[0]), "Other", "the focus stays where it was"));
    await page.close();
  });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [360, 1280]) {
      test(`navigationIsAccessibleAndFits ${width} ${colorScheme}`, async () => {
        const all = boards();
        const more = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`server-with-a-name-${index}/host`, { ...info.host, ...(index === 3 && { health: OFFLINE }) }]));
        const { page } = await openBoard(browser, `${modules.url}#/boards/server-with-a-name-3/host`,
          { ...all, boards: { ...all.boards, ...more }, "server-with-a-name-3/host": host(12) }, { viewport: { width, height: 740 }, colorScheme });
        await memoryIs(page, "12");
        await page.getByText("has not been heard from").waitFor();
        const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels`);
        const current = await page.locator("nav.boards [aria-current]").boundingBox();
        assert.ok(current && current.x >= 0 && current.x + current.width <= width, "the board that is shown is in sight");
        assert.ok(Number(current?.height) >= 24);
        assert.deepEqual(await accessibilityFaults(page), []);
        await page.close();
      });
    }
  }
});
