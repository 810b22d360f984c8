import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, connectionIs, newPage, skip, soon, startBrowser, startServer } from "./harness.js";

const NOTICE = ".notice button";

describe("a page that is older than its server", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  /** From now on the document names other files, as after an upgrade. @param {import("playwright-core").Page} page @param {string} url */
  const upgrade = (page, url) => page.route(url, async (route) => {
    const response = await route.fetch().catch(() => undefined);
    const text = await response?.text();
    if (text === undefined) await route.abort();
    else await route.fulfill({ contentType: "text/html", body: text.replaceAll(/assets-[0-9a-f]+/g, "assets-0123456789abcdef") });
  });

  test("offersToReloadAfterAnUpgradeAndSaysNothingAfterARestart", async () => {
    let server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      for (const upgraded of [false, true]) {
        if (upgraded) await upgrade(page, server.url);
        const asked = page.waitForResponse((response) => response.url() === server.url);
        await server.terminate();
        server = await startServer(server.port);
        await connectionIs(page, "live");
        await (await asked).finished();
        if (upgraded) await page.locator(NOTICE).waitFor();
        else assert.equal(await page.locator(NOTICE).count(), 0);
      }
      await soon(async () => assert.equal(await page.locator(".notice").getAttribute("role"), "status"));
      await page.unroute(server.url);
      await page.evaluate(() => void (document.body.dataset.old = "true"));
      await page.click(NOTICE);
      await page.waitForFunction(() => document.body !== null && document.body.dataset.old === undefined);
      await connectionIs(page, "live");
      await soon(async () => assert.equal(await page.locator(NOTICE).count(), 0));
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("reloadsByItselfWhereNobodyHasTouchedItForLong", async () => {
    let server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.evaluate(() => void (document.body.dataset.old = "true"));
      await upgrade(page, server.url);
      await server.terminate();
      server = await startServer(server.port);
      await page.locator(NOTICE).waitFor();
      await page.unroute(server.url);
      await page.evaluate(() => { // Ten minutes pass.
        const now = performance.now.bind(performance);
        performance.now = () => now() + 600_000;
      });
      await page.waitForFunction(() => document.body !== null && document.body.dataset.old === undefined, undefined, { timeout: 120_000 });
      await connectionIs(page, "live");
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("saysSoWhereAFileThatItNeedsIsGone", async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      await blockWebSockets(page);
      await page.route(/sockjs/, (route) => route.fulfill({ status: 404 }));
      await page.goto(server.url);
      await upgrade(page, server.url);
      await page.locator(NOTICE).waitFor();
      await page.waitForFunction(() => document.querySelector(".connection-detail")?.textContent?.includes("the fallback transport did not load"));
    } finally {
      await page.close();
      await server.stop();
    }
  });
});
