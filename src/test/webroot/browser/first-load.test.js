import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionIs, skip, startBrowser, startServer } from "./harness.js";

/** What the page may cost whoever opens it without a cache; "make bench ARGS=page" shows where it stands. */
const [MOST_REQUESTS, MOST_BYTES] = [25, 130_000];
/** Its parts that few open, or that come when something happens. */
const LATER = /\/(views\/(help|wall|tokens)|lib\/picture|boards\/\w+\/board|demo)/;

test("firstLoadStaysWithinItsBudget", { skip }, async () => {
  const [server, browser] = await Promise.all([startServer(), startBrowser()]);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    /** @type {Map<string, string>} */
    const urls = new Map();
    /** @type {[number, string][]} */
    const received = [];
    session.on("Network.requestWillBeSent", ({ requestId, request }) => void urls.set(requestId, request.url));
    session.on("Network.webSocketCreated", ({ requestId, url }) => void urls.set(requestId, url));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => void received.push([encodedDataLength, urls.get(requestId) ?? ""]));
    session.on("Network.webSocketFrameReceived", ({ response: { opcode, payloadData } }) => void received.push([opcode === 2 ? payloadData.length * 0.75 : payloadData.length, "WebSocket"]));
    const answered = page.waitForResponse(/\/history\?/);
    await page.goto(server.url);
    await connectionIs(page, "live");
    await (await answered).finished();
    const bytes = received.reduce((sum, [length]) => sum + length, 0);
    const list = received.map(([length, url]) => `${Math.round(length)} ${url.slice(0, 90)}`).join("\n");
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes:\n${list}`);
    assert.ok(urls.size <= MOST_REQUESTS, `${urls.size} requests:\n${[...urls.values()].join("\n")}`);
    assert.deepEqual([...urls.values()].filter((url) => LATER.test(new URL(url).pathname)), []);
  } finally {
    await browser.close();
    await server.stop();
  }
});

test("nothingMovesWhenNavigationAndVerdictCome", { skip }, async () => {
  const [server, browser] = await Promise.all([startServer(), startBrowser()]);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(() => {
      /** @type {{ top: number, nav: number, verdict: number, level?: string }[]} */
      const seen = [];
      Object.assign(globalThis, { seen });
      const heightOf = (/** @type {Element | null} */ element) => element?.getBoundingClientRect().height ?? 0;
      const look = () => {
        const span = document.querySelector("#span:not(:empty)");
        const verdict = /** @type {HTMLElement | null} */ (document.querySelector(".verdict"));
        if (span) seen.push({ top: span.getBoundingClientRect().top - heightOf(document.querySelector("#header")), nav: heightOf(document.querySelector("nav.boards")), verdict: heightOf(verdict), level: verdict?.dataset.level });
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(server.url);
    await connectionIs(page, "live");
    await page.locator("nav.boards a", { hasText: "Alerts" }).waitFor();
    await page.locator(".verdict-text:not(:empty)").waitFor();
    await page.locator(".uptime-value", { hasNotText: "…" }).waitFor();
    const seen = /** @type {any[]} */ (await page.evaluate(() => /** @type {any} */ (globalThis).seen));
    const first = seen[0];
    for (const { top, nav, verdict } of seen) { // A sentence may take more than one line.
      assert.ok(Math.abs(nav - first.nav) < 2, `the navigation's height was ${first.nav}, then ${nav}`);
      assert.ok(Math.abs(top - first.top - Math.max(0, verdict - first.verdict)) < 2, JSON.stringify([first, { top, nav, verdict }]));
    }
    assert.equal(first.level, "awaited");
  } finally {
    await browser.close();
    await server.stop();
  }
});
