import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, newPage, newState, run, serious, skip, soon, startBrowser, startServer } from "./harness.js";

const PASSWORD = "correct horse battery";

/** A page of somebody else's, on another origin. @param {() => string} html */
async function foreignSite(html) {
  const site = createServer((_request, answer) => answer.setHeader("content-type", "text/html").end(html()));
  await new Promise((resolve) => site.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (site.address());
  const stop = () => {
    site.closeAllConnections();
    site.close();
  };
  return { url: `http://foreign.localhost:${port}`, stop };
}

/** @param {import("playwright-core").Page | import("playwright-core").Frame} page @param {RegExp} wanted */
function valueIs(page, wanted) {
  return page.waitForFunction((text) => new RegExp(text).test(document.querySelector(".figure")?.textContent ?? ""), wanted.source);
}

const FIGURE = /^\d+(\.\d)? %$/;

describe("the widget", { skip, timeout: 600_000 }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** Public: cpu and load. @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  /** @type {Awaited<ReturnType<typeof foreignSite>>} */
  let foreign;
  let html = "";
  const state = newState();

  before(async () => {
    browser = await startBrowser();
    run(state, ["user", "add", "anna", "--password-stdin"], `${PASSWORD}\n`);
    foreign = await foreignSite(() => html);
    server = await startServer("0", { PULSEBOARD_AUTH_FOLDER: `${state}/pulseboard`, PULSEBOARD_WEB_PUBLIC_VALUES: "cpu,load",
      PULSEBOARD_WEB_FRAME_ANCESTORS: foreign.url });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    foreign?.stop();
  });

  for (const size of ["small", "medium", "large"]) {
    for (const theme of ["light", "dark"]) {
      test(`showsOneLiveFigureInItsSizeAndTheme ${size} ${theme}`, async () => {
        const { page, faults } = await newPage(browser, { viewport: { width: 240, height: 110 }, reducedMotion: "reduce" });
        await page.goto(`${server.url}widget/cpu?size=${size}&theme=${theme}`);
        await valueIs(page, FIGURE);
        await page.waitForFunction(() => (document.querySelector(".spark path")?.getAttribute("d") ?? "").includes("L"));
        await soon(async () => assert.equal(await page.getAttribute("main", "data-size"), size));
        await soon(async () => assert.equal(await page.getAttribute("html", "data-scheme"), theme));
        await soon(async () => assert.equal(await page.textContent("h1"), "CPU"));
        await soon(async () => assert.match(String(await page.getAttribute(".spark", "aria-label")), /^The last minute: from \d/));
        await soon(async () => assert.match(await page.title(), /^CPU: \d.* %$/));
        const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight);
        assert.ok(fits, "nothing is cut");
        await soon(async () => assert.equal(await page.evaluate(() => document.getAnimations().length), 0));
        assert.deepEqual(serious(faults), []);
        await page.close();
      });
    }
  }

  test("eightOfThemAndBadgesOnAForeignPageAreAllLive", async () => {
    html = "<!doctype html>" + "cpu load ".repeat(4).trim().split(" ").map((name) => `<iframe src="${server.url}widget/${name}"></iframe>`).join("")
      + `<img id="badge" src="${server.url}badge/cpu.svg"><img id="closed" src="${server.url}badge/memory.svg">`;
    const { page } = await newPage(browser);
    await page.goto(foreign.url); // Also waits for the badges.
    const frames = page.frames().slice(1);
    assert.equal(frames.length, 8);
    await Promise.all(frames.map((frame) => valueIs(frame, /^\d/)));
    const width = (/** @type {string} */ id) => page.evaluate((name) => /** @type {HTMLImageElement} */ (document.getElementById(name)).naturalWidth, id);
    await soon(async () => assert.ok(await width("badge") > 50));
    await soon(async () => assert.equal(await width("closed"), 0));
    await page.close();
  });

  test("pageThatMayNotFrameItShowsNothing", async () => {
    const other = await foreignSite(() => `<iframe src="${server.url}widget/cpu"></iframe>`);
    const { page } = await newPage(browser);
    const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    await page.goto(other.url);
    await refused;
    await soon(async () => assert.equal(await page.frames()[1]?.locator(".figure").count(), 0));
    await page.close();
    other.stop();
  });

  test("valueThatIsNotPublicIsForThoseWhoAreSignedInOrBringAToken", async () => {
    const { page } = await newPage(browser);
    await page.goto(`${server.url}widget/memory`);
    await page.getByText("Only for those who are signed in.").waitFor();
    await soon(async () => assert.equal((await page.textContent(".figure"))?.trim(), "n/a"));
    await soon(async () => assert.equal(await page.getByRole("link", { name: "Open Pulseboard" }).getAttribute("href"), server.url));
    const token = run(state, ["token", "add", "wall", "--scope", "read:board.host"]).trim();
    while (!(await fetch(`${server.url}api/session`, { headers: { authorization: `Bearer ${token}` } })).ok);
    await page.goto(`${server.url}widget/memory#token=${token}`);
    await valueIs(page, FIGURE);
    await soon(async () => assert.equal(page.url(), `${server.url}widget/memory`));
    run(state, ["token", "revoke", "wall"]);
    await page.getByText("Only for those who are signed in.").waitFor();
    await page.close();
  });

  test("withoutWebSocketsItIsLiveByEvents", async () => {
    const { page } = await newPage(browser);
    await blockWebSockets(page);
    const events = page.waitForResponse((answer) => answer.headers()["content-type"] === "text/event-stream");
    await page.goto(`${server.url}widget/cpu`);
    await events;
    await valueIs(page, FIGURE);
    await page.close();
  });

  test("serverThatIsGoneIsToldAndComesBack", async () => {
    const settings = { PULSEBOARD_WEB_PUBLIC_VALUES: "cpu" };
    const own = await startServer("0", settings);
    const { page } = await newPage(browser);
    await page.goto(`${own.url}widget/cpu`);
    await valueIs(page, FIGURE);
    await own.stop();
    await page.getByText("the server cannot be reached").waitFor();
    await soon(async () => assert.equal((await page.textContent(".figure"))?.trim(), "n/a"));
    const again = await startServer(own.port, settings);
    await valueIs(page, FIGURE);
    again.freeze();
    await page.getByText("nothing new comes").waitFor();
    again.thaw();
    await valueIs(page, FIGURE);
    await page.close();
    await again.stop();
  });

  test("figureThatThereIsNotSaysWhy", async () => {
    const { page } = await newPage(browser);
    await page.goto(`${server.url}widget/load?size=none&theme=none`);
    await valueIs(page, /^\d/);
    await soon(async () => assert.equal(await page.getAttribute("main", "data-size"), "medium"));
    await page.close();
    assert.equal((await fetch(`${server.url}widget/none`)).status, 404);
  });
});
