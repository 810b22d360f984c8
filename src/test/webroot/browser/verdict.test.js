import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, run, skip, startBrowser, startServer } from "./harness.js";

describe("the verdict above the cards", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
  });

  test("saysTheSameAsTheServer", async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator(".verdict").waitFor();
      // Both may change meanwhile, on a machine that is busy.
      await page.waitForFunction(async () => {
        const { text, level } = await (await fetch("api/health/verdict")).json();
        const line = document.querySelector(".verdict");
        return line?.lastElementChild?.textContent === text && line.getAttribute("data-level") === level;
      });
      assert.equal(await page.locator("nav.boards").isVisible(), false, "it has no page of its own");
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("isNotThereWhereNothingIsJudged", async () => {
    const server = await startServer("0", { PULSEBOARD_ALERTS_ENABLED: "false" });
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator(".cpu .headline").waitFor();
      assert.equal(await page.locator(".verdict").isVisible(), false);
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("isNotThereForWhoeverMayNotSeeIt", async () => {
    const state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const [token = ""] = run(state, ["token", "add", "wall", "--scope", "read:board.host"]).split("\n");
    const server = await startServer("0", { XDG_STATE_HOME: state });
    const { page } = await newPage(browser);
    try {
      await page.goto(`${server.url}#token=${token}`);
      await connectionIs(page, "live");
      await page.locator(".cpu .headline").waitFor();
      assert.equal(await page.locator(".verdict").isVisible(), false);
    } finally {
      await page.close();
      await server.stop();
    }
  });
});
