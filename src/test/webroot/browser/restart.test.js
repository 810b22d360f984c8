import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, connectionIs, newPage, skip, soon, startBrowser, startProxy, startServer } from "./harness.js";

/** It takes 3 s at most where nothing else runs, by the waiting times that status.test.js holds; this is for loaded machines. */
const BACK_WITHIN_MS = 10_000;

describe("a page whose server is restarted", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  for (const [name, transport, proxied] of /** @type {[string, string, boolean][]} */ ([
    ["WebSocket", "WebSocket", false], ["XHR", "XHR", false],
    ["WebSocket behind a proxy", "WebSocket", true], ["XHR behind a proxy", "XHR", true]])) {
    test(`saysRestartingAndIsBackSoonAfterTheServer ${name}`, async (context) => {
      let server = await startServer();
      const proxy = proxied ? await startProxy(server.port) : undefined;
      const { page } = await newPage(browser);
      try {
        if (transport === "XHR") await blockWebSockets(page);
        await page.goto(proxy?.url ?? server.url);
        await connectionIs(page, "live");
        await page.evaluate(recordWords);
        await server.terminate();
        await connectionIs(page, "restarting");
        await page.waitForFunction(() => /^for [2-9]/.test(document.querySelector(".connection-detail")?.textContent ?? ""));
        server = await startServer(server.port);
        const start = Date.now();
        await connectionIs(page, "live");
        const took = Date.now() - start;
        context.diagnostic(`back after ${took} ms`);
        assert.ok(took < BACK_WITHIN_MS, `took ${took} ms`);
        await soon(async () => assert.equal(await page.evaluate(() => document.body.dataset.words), "restarting live", "said politely: once each"));
        await soon(async () => assert.ok((await page.textContent(".connection-way"))?.startsWith(transport)));
        await page.waitForFunction(showsWhatRestSays);
      } finally {
        await page.close();
        proxy?.stop();
        await server.stop();
      }
    });
  }

  test("noWebSocketIsTriedWhileTheServerIsAway", async () => {
    let server = await startServer();
    const { page } = await newPage(browser);
    try {
      let [sockets, requests] = [0, 0];
      page.on("websocket", () => void sockets++);
      page.on("requestfailed", (request) => void (requests += Number(request.method() === "OPTIONS")));
      await page.goto(server.url);
      await connectionIs(page, "live");
      await server.terminate();
      await connectionIs(page, "restarting");
      await page.waitForFunction(() => /^for [4-9]/.test(document.querySelector(".connection-detail")?.textContent ?? ""));
      assert.ok(requests > 1, `${requests} requests`);
      assert.equal(sockets, 1, "browsers open a WebSocket the later the more of them have failed");
      server = await startServer(server.port);
      await connectionIs(page, "live");
      assert.equal(sockets, 2);
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("serverThatDoesNotComeBackIsNoRestart", async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await server.terminate();
      await connectionIs(page, "restarting");
      await page.evaluate(() => { // Half a minute passes.
        const now = performance.now.bind(performance);
        performance.now = () => now() + 30_000;
      });
      await connectionIs(page, "reconnecting");
      await page.waitForFunction(() => /stale for 3\d s: the server cannot be reached$/.test(
        document.querySelector(".connection-detail")?.textContent?.replaceAll("\u202f", " ") ?? ""));
    } finally {
      await page.close();
      await server.stop();
    }
  });
});

/** Notes in the page each word that a screen reader is given. */
function recordWords() {
  const word = document.querySelector(".connection-word");
  if (!word) throw new Error("the page has no word for its connection");
  new MutationObserver(() => {
    document.body.dataset.words = `${document.body.dataset.words ?? ""} ${word.textContent}`.trim();
  }).observe(word, { childList: true, characterData: true, subtree: true });
}

/** Whether the page's document is what a snapshot by plain HTTP is; both move on, so this is asked again until they meet. */
async function showsWhatRestSays() {
  const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
  const { epoch, state } = await (await fetch("api/boards/host")).json();
  const sorted = (/** @type {any} */ value) => value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
  /** @type {(value: any) => string} */
  const text = (value) => JSON.stringify(sorted(value));
  return feed.epoch === epoch && text(feed.state) === text(state);
}
