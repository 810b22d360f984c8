import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { duration } from "../../../../webroot/lib/format.js";
import { connectionIs, newPage, skip, soon, startBrowser, startServer } from "./harness.js";

const HOUR_MS = 3_600_000;

describe("a page whose clock is not the server's", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  for (const hours of [1, -1]) {
    test(`freshDataStayLiveOverTheSameConnectionWhenTheClockIsSet ${hours} h`, async () => {
      const server = await startServer();
      const { page } = await newPage(browser);
      try {
        let sockets = 0;
        page.on("websocket", () => void sockets++);
        await page.goto(server.url);
        await connectionIs(page, "live");
        await page.evaluate(recordWords);
        await page.evaluate(setClock, hours * HOUR_MS);
        await hearsMore(page, 5);
        await soon(async () => assert.equal(await page.evaluate(() => document.body.dataset.words), undefined, "nothing but live was said"));
        assert.equal(sockets, 1);
        await soon(async () => assert.ok(await page.evaluate(lineHasNoHour), "the last two minutes are still there"));
        server.freeze(); // Now nothing is fresh any more, and that is seen as soon as ever.
        await connectionIs(page, "stale");
        await connectionIs(page, "reconnecting");
        server.thaw();
        await connectionIs(page, "live");
      } finally {
        server.thaw();
        await page.close();
        await server.stop();
      }
    });

    test(`uptimeIsTheServersWhereTheBrowsersClockIsOff ${hours} h`, async () => {
      const server = await startServer();
      const { page } = await newPage(browser);
      try {
        await page.addInitScript(setClock, hours * HOUR_MS);
        await page.goto(server.url);
        await connectionIs(page, "live");
        // A server that has only just begun may need longer than it lets anybody wait; the page asks again, too.
        await page.waitForFunction(() => /\d/.test(document.querySelector(".uptime-value")?.textContent ?? ""));
        const [facts, board] = await Promise.all(["host", "boards/host"].map(
          async (path) => (await fetch(`${server.url}api/${path}`)).json()));
        const { serverTime, shown } = await page.evaluate(async () => {
          const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
          return { serverTime: feed.serverTime, shown: document.querySelector(".uptime-value")?.textContent };
        });
        const near = [-2, -1, 0, 1, 2].map((seconds) => duration(serverTime - facts.bootedAt + seconds * 1000));
        assert.ok(near.includes(shown), `${shown} is one of ${near}`);
        assert.ok(Math.abs(serverTime - board.at) < HOUR_MS / 10, `${serverTime - board.at} ms`);
      } finally {
        await page.close();
        await server.stop();
      }
    });
  }

  /** The browser's even clock does not count the time that the computer sleeps, the one of the day does. */
  test("afterASleepOldDataAreStaleWithinASecondAndNotOnlyWhenTheServerHasBeenSilentForLong", async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.evaluate(recordWords);
      server.freeze();
      await page.evaluate(setClock, HOUR_MS);
      await connectionIs(page, "stale");
      await connectionIs(page, "reconnecting");
      const words = await page.evaluate(() => document.body.dataset.words);
      assert.equal(words, "stale reconnecting");
      const reason = (await page.textContent(".connection-detail"))?.replaceAll("\u202f", " ");
      assert.match(reason ?? "", /^stale for 1\d s: the server fell silent/, "counted as 15 s from the doubt on, less 4");
      server.thaw();
      await connectionIs(page, "live");
    } finally {
      server.thaw();
      await page.close();
      await server.stop();
    }
  });
});

/** @param {number} off */
function setClock(off) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + off;
}

/** Waits until the page has taken so many more changes. @param {import("playwright-core").Page} page @param {number} count */
function hearsMore(page, count) {
  return page.evaluate(async (wanted) => {
    const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
    await new Promise((resolve) => {
      let left = wanted;
      feed.listen(() => --left === 0 && resolve(undefined));
    });
  }, count);
}

/** Whether the line of the CPU has points of before and after the jump, and not an hour of the same number. */
async function lineHasNoHour() {
  const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
  const { ring, remove } = feed.history.rings.line(() => 1);
  const count = () => Array.from({ length: ring.capacity }, (_, index) => ring.at(index)).filter((value) => !Number.isNaN(value)).length;
  // The page notes a second each second, and with the first what it has missed.
  for (let frame = 0; count() === 0 && frame < 1_200; frame++) await new Promise((resolve) => void requestAnimationFrame(resolve));
  const known = count();
  remove();
  return known > 0 && known < 60;
}

/** Notes in the page each word that a screen reader is given. */
function recordWords() {
  const word = document.querySelector(".connection-word");
  if (!word) throw new Error("the page has no word for its connection");
  new MutationObserver(() => {
    document.body.dataset.words = `${document.body.dataset.words ?? ""} ${word.textContent}`.trim();
  }).observe(word, { childList: true, characterData: true, subtree: true });
}
