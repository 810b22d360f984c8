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
