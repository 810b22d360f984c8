import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, run, skip, soon, startBrowser, startServer } from "./harness.js";

describe("boards of which the page knows nothing", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  before(async () => {
    browser = await startBrowser();
    server = await startServer();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const values = ".tree-card > .tree > li";

  test("haveAnAddressAndAreShownAsATreeThatIsLive", async () => {
    const { page } = await newPage(browser);
    try {
      await page.goto(`${server.url}#/boards/processes`);
      await connectionIs(page, "live");
      await page.locator(values, { hasText: "meta" }).waitFor();
      // Whoever watches has the processes sampled: the tree changes by itself.
      await page.locator(`${values} .tree-key`, { hasText: "residentBytes" }).first().waitFor();
      await soon(async () => assert.equal(await page.locator("#span").isVisible(), false));
      await soon(async () => assert.match(await page.title(), /^processes · /));
      await soon(async () => assert.equal(await page.locator("h1").textContent(), "Processes", "as the directory calls it"));
    } finally {
      await page.close();
    }
  });

  test("areFoundByAddressesThatAreNearlyRight", async () => {
    const { page } = await newPage(browser);
    try {
      const at = async (/** @type {string} */ hash) => {
        await page.goto(`${server.url}${hash}`);
        return () => page.evaluate(() => location.hash);
      };
      let now = await at("#/processes");
      await page.locator(values, { hasText: "meta" }).waitFor();
      await soon(async () => assert.equal(await now(), "#/boards/processes"));
      now = await at("#/board/nowhere");
      await page.getByText("There is no board “nowhere” now.").waitFor();
      await soon(async () => assert.equal(await now(), "#/boards/nowhere"));
      now = await at("#/a/b/c/d");
      await page.locator(".cpu .headline").waitFor();
      await soon(async () => assert.equal(await now(), "", "what is shown is what the address says"));
    } finally {
      await page.close();
    }
  });

  test("areReachedByLinksAndBackWithoutAnotherLoad", async () => {
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator("nav.boards a", { hasText: "Alerts" }).waitFor();
      const names = await page.locator("nav.boards a").allInnerTexts();
      assert.equal(names.some((name) => /boards|processes/i.test(name)), false, "these have no page of their own");
      await page.evaluate(() => void (document.body.dataset.same = "true"));
      await page.evaluate(() => void (location.hash = "#/boards/boards"));
      await page.locator(values, { hasText: "host" }).first().waitFor();
      await page.locator("nav.boards a", { hasText: "This machine" }).click();
      await page.locator(".cpu .headline").waitFor();
      await soon(async () => assert.equal(await page.locator(".tree-card").count(), 0));
      await page.goBack();
      await page.locator(".tree-card").waitFor();
      await soon(async () => assert.equal(await page.evaluate(() => document.body.dataset.same), "true"));
    } finally {
      await page.close();
    }
  });

  test("areNotThereForWhoeverMayNotReadThem", async () => {
    const state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const [token = ""] = run(state, ["token", "add", "wall", "--scope", "read:board.host"]).split("\n");
    const guarded = await startServer("0", { XDG_STATE_HOME: state });
    const { page } = await newPage(browser);
    try {
      await page.goto(`${guarded.url}#token=${token}`);
      await connectionIs(page, "live");
      await soon(async () => assert.equal(await page.locator("nav.boards").isVisible(), false));
      await page.evaluate(() => void (location.hash = "#/boards/processes"));
      await page.getByText("may not see the board “processes”").waitFor();
    } finally {
      await page.close();
      await guarded.stop();
    }
  });

  test("whoeverMayNotReadTheDirectoryIsToldWhatElseThereIs", async () => {
    const state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const [token = ""] = run(state, ["token", "add", "wall", "--scope", "read:board.processes"]).split("\n");
    const guarded = await startServer("0", { XDG_STATE_HOME: state });
    const { page } = await newPage(browser);
    try {
      /** @type {string[]} */
      const sent = [];
      page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
      await page.goto(`${guarded.url}#token=${token}`);
      await page.getByText("may not see the board “host”").waitFor();
      await page.locator("nav.boards a", { hasText: "Processes" }).click();
      await connectionIs(page, "live");
      await page.locator(values, { hasText: "meta" }).waitFor();
      await soon(async () => assert.deepEqual(await page.locator("nav.boards a").allInnerTexts().then((all) => all.map((text) => text.trim())), ["Processes"]));
      assert.ok(!sent.some((frame) => frame.includes("board.boards.") || frame.includes("board.host.")), "nothing is asked for that is refused");
    } finally {
      await page.close();
      await guarded.stop();
    }
  });

  test("areShownOneAfterTheOtherOverOneConnection", async () => {
    const { page, faults } = await newPage(browser);
    try {
      let sockets = 0;
      page.on("websocket", () => void sockets++);
      await page.goto(`${server.url}#/boards/host`);
      await connectionIs(page, "live");
      await soon(async () => assert.equal(page.url(), server.url, "each board has one address"));
      for (const board of ["processes", "boards"]) {
        await page.evaluate((name) => void (location.hash = `#/boards/${name}`), board);
        await page.locator(".tree-card").waitFor();
        await connectionIs(page, "live");
        await page.locator("h1", { hasText: board }).waitFor();
      }
      await page.locator("nav.boards a", { hasText: "This machine" }).click();
      await page.locator(".cpu .headline").waitFor();
      await connectionIs(page, "live");
      assert.equal(sockets, 1);
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
    }
  });
});
