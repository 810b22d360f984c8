import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, connectionIs, newPage, skip, soon, startBrowser, startServer } from "./harness.js";

describe("the live page", { skip }, () => {
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("numbersMoveAndLinesAreDrawnWithoutAnError", async () => {
    const { page, faults } = await newPage(browser);
    await page.goto(server.url);
    await connectionIs(page, "live");
    await page.waitForFunction(() => /(^|· )\d+ % · ./.test(document.title.replace("\u202f", " ")));
    const figures = () => page.$$eval(".board .figure-value", (all) => all.map((one) => one.textContent).join(" "));
    const first = await figures();
    await page.waitForFunction((old) =>
      [...document.querySelectorAll(".board .figure-value")].map((one) => one.textContent).join(" ") !== old, first);
    await page.waitForFunction(() => / now \d/.test(document.querySelector(".cpu .chart")?.getAttribute("aria-label") ?? ""));
    await page.waitForFunction(isPainted, ".cpu canvas");
    await page.waitForFunction(() => document.querySelector(".connection-delay")?.textContent?.endsWith("ms"));
    await soon(async () => assert.equal(await page.textContent(".connection-way"), "WebSocket"));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("lineAdvancesAlsoWhereTheNumberStaysTheSame", async () => {
    const { page } = await newPage(browser);
    await page.route(/\/history\?/, (route) => route.fulfill({ status: 404 })); // Else the line would be there at once.
    await page.goto(server.url);
    await connectionIs(page, "live");
    await page.locator(".filesystems .chart").scrollIntoViewIfNeeded(); // Out of sight nothing is drawn.
    await page.waitForFunction(isPainted, ".filesystems canvas"); // Its number hardly ever changes.
    const first = await page.evaluate(paintedPixels, ".filesystems canvas");
    await page.waitForFunction((/** @type {[string, number]} */ [selector, old]) => {
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(selector));
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return pixels.filter((value, index) => index % 4 === 3 && value > 0).length > old * 1.5;
    }, /** @type {[string, number]} */ ([".filesystems canvas", first]));
    await page.close();
  });

  test("nameOfAProcessIsTextNeverHtml", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulseboard-"));
    const name = "<img src=x>";
    copyFileSync("/bin/bash", join(folder, name));
    const busy = spawn(join(folder, name), ["-c", "while :; do :; done"]);
    const { page, faults } = await newPage(browser);
    try {
      await page.goto(server.url);
      await page.waitForFunction((wanted) =>
        [...document.querySelectorAll(".process-name")].some((cell) => cell.firstElementChild?.textContent === wanted), name);
      await soon(async () => assert.equal(await page.locator("img").count(), 0));
      assert.deepEqual(faults, []);
    } finally {
      busy.kill("SIGKILL");
      rmSync(folder, { recursive: true });
      await page.close();
    }
  });

  test("processListIsSubscribedOnlyWhileItIsOpen", async () => {
    const { page } = await newPage(browser);
    /** @type {string[]} */
    const sent = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
    const count = (/** @type {string} */ type) =>
      sent.filter((text) => text.includes(`"${type}"`) && text.includes("board.processes.changes")).length;
    await page.goto(server.url);
    await page.locator(".process-name").nth(3).waitFor();
    assert.equal(count("register"), 1);
    await page.click(".fold");
    await page.locator(".processes-table").waitFor({ state: "hidden" });
    assert.equal(count("unregister"), 1);
    await page.reload();
    await connectionIs(page, "live");
    await soon(async () => assert.equal(await page.locator(".processes-table").isHidden(), true, "closed is remembered"));
    assert.equal(count("register"), 1);
    await page.click(".fold");
    await page.locator(".process-name").nth(3).waitFor();
    await page.close();
  });

  test("processesAreSortedByTheChosenColumn", async () => {
    const { page } = await newPage(browser);
    await page.goto(server.url);
    await page.locator("tbody .process-name").nth(3).waitFor();
    await page.getByRole("button", { name: "Memory", exact: true }).press("Enter");
    await soon(async () => assert.equal(await page.getAttribute("th:has-text('Memory')", "aria-sort"), "descending"));
    await soon(async () => assert.equal(await page.getAttribute("th:has-text('CPU')", "aria-sort"), "none"));
    await soon(async () => assert.ok((await page.locator("tbody tr").count()) <= 15));
    await page.close();
  });

  test("withoutWebSocketsThePageIsLiveOverPlainHttp", async () => {
    const { page } = await newPage(browser);
    await blockWebSockets(page);
    await page.goto(server.url);
    await connectionIs(page, "live");
    await soon(async () => assert.match((await page.textContent(".connection-way")) ?? "", /^XHR (streaming|polling)$/));
    const first = await page.getAttribute(".cpu .chart", "aria-label");
    await page.waitForFunction((old) => document.querySelector(".cpu .chart")?.getAttribute("aria-label") !== old, first);
    await page.close();
  });

  test("webSocketThatNeverOpensIsGivenUpForPlainHttp", async () => {
    const { page } = await newPage(browser);
    await page.routeWebSocket(/eventbus/, () => undefined); // Swallowed: neither opened nor refused by a server.
    await page.addInitScript(() => {
      Object.defineProperty(globalThis.WebSocket.prototype, "onopen", { set: () => undefined });
    });
    await page.goto(server.url);
    await connectionIs(page, "live");
    await soon(async () => assert.match((await page.textContent(".connection-way")) ?? "", /^XHR/));
    await page.close();
  });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [320, 360, 768, 1280, 1920]) {
      test(`nothingOverflowsSideways ${width} ${colorScheme}`, async () => {
        const { page, faults } = await newPage(browser, { viewport: { width, height: 740 }, colorScheme });
        await page.goto(server.url);
        await page.locator("tbody .process-name, .memory .figure-value").first().waitFor();
        await connectionIs(page, "live");
        const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels`);
        const background = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
        assert.equal(Number(/\d+/.exec(background)?.[0]) < 128, colorScheme === "dark", background);
        assert.deepEqual(faults, []);
        await page.close();
      });
    }
  }

  test("chosenThemeIsRememberedAndWinsOverTheSystem", async () => {
    const { page } = await newPage(browser, { colorScheme: "light" });
    await page.goto(server.url);
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.click(".theme");
    await soon(async () => assert.equal(await theme(), "light"));
    await page.click(".theme");
    await soon(async () => assert.equal(await theme(), "dark"));
    await page.reload();
    await soon(async () => assert.equal(await theme(), "dark"));
    await page.close();
  });
});

/** @param {string} selector */
function isPainted(selector) {
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector(selector));
  const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value, index) => index % 4 === 3 && value > 0);
}

/** @param {string} selector */
function paintedPixels(selector) {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(selector));
  const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
}
