import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, connectionIs, newPage, skip, soon, startBrowser, startServer } from "./harness.js";

describe("a page whose server goes away", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  for (const transport of ["WebSocket", "XHR"]) {
    test(`saysSoAndSinceWhenAndIsLiveAgainByItself ${transport}`, async () => {
      let server = await startServer();
      try {
        const { page } = await newPage(browser);
        if (transport === "XHR") await blockWebSockets(page);
        await page.goto(server.url);
        await connectionIs(page, "live");
        await server.stop();
        await connectionIs(page, "reconnecting");
        await detailMatches(page, "^stale for ([3-9]|\\d\\d) s: .");
        await page.waitForFunction(() => document.title.startsWith("–"));
        server = await startServer(server.port);
        await connectionIs(page, "live");
        await page.waitForFunction(() => /(^|· )\d+.% · /.test(document.title));
        await page.locator("tbody .process-name").nth(3).waitFor();
        await soon(async () => assert.equal(await page.textContent(".connection-detail"), ""));
        await soon(async () => assert.ok((await page.textContent(".connection-way"))?.startsWith(transport)));
      } finally {
        await server.stop();
      }
    });
  }

  for (const transport of ["WebSocket", "XHR"]) {
    test(`saysThatThereAreTooManyViewersUntilThereIsRoom ${transport}`, async () => {
      const server = await startServer("0", { PULSEBOARD_WEB_MAX_VIEWERS: "1" });
      try {
        const first = (await newPage(browser)).page;
        await first.goto(server.url);
        await connectionIs(first, "live");
        const { page } = await newPage(browser);
        if (transport === "XHR") await blockWebSockets(page);
        await page.goto(server.url);
        await detailMatches(page, "^there are too many viewers already; .* web\\.maxViewers");
        await first.close();
        await connectionIs(page, "live");
      } finally {
        await server.stop();
      }
    });
  }

  test("frozenServerIsStaleThenGivenUpThenLiveAgain", async () => {
    const server = await startServer();
    try {
      const { page } = await newPage(browser);
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.evaluate(recordWords);
      server.freeze(); // The connection stays open, but nothing comes: as behind a dead router.
      await connectionIs(page, "reconnecting");
      server.thaw();
      await connectionIs(page, "live");
      const seen = (await page.evaluate(() => document.body.dataset.seen ?? "")).replaceAll("\u202f", " ");
      assert.match(seen, /stale for ([7-9]|1\d) s: the server sends nothing/);
      assert.match(seen, /reconnecting stale for \d\d s: the server fell silent/);
    } finally {
      server.thaw();
      await server.stop();
    }
  });
});

/** @param {import("playwright-core").Page} page @param {string} pattern */
function detailMatches(page, pattern) {
  return page.waitForFunction((wanted) => {
    const text = document.querySelector(".connection-detail")?.textContent ?? "";
    return new RegExp(wanted).test(text.replaceAll("\u202f", " "));
  }, pattern);
}

/** Notes in the page what it says about its connection, because a state may pass between two looks at it. */
function recordWords() {
  const word = document.querySelector(".connection-word");
  const detail = document.querySelector(".connection-detail");
  const note = () => {
    document.body.dataset.seen = `${document.body.dataset.seen ?? ""}\n${word?.textContent} ${detail?.textContent}`;
  };
  for (const element of [word, detail]) if (element) new MutationObserver(note).observe(element, { childList: true, characterData: true, subtree: true });
}
