import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newPage, newState, run, skip, soon, startBrowser, startServer } from "./harness.js";

describe("the API, to read and to try", { skip }, () => {
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

  /** @param {import("playwright-core").Page} page @param {string} method @param {string} path */
  const operation = (page, method, path) => page.locator(".api-operation")
    .filter({ has: page.locator(".api-method", { hasText: new RegExp(`^${method}$`) }) })
    .filter({ has: page.locator("summary code").getByText(path, { exact: true }) });

  test("listsAllThatIsDescribedAndFindsByWords", async () => {
    const { page } = await newPage(browser);
    try {
      await page.goto(`${server.url}api.html`);
      await page.locator(".api-operation").first().waitFor();
      const described = await page.evaluate(async () => {
        const { paths } = await (await fetch("api/openapi.json")).json();
        return Object.values(paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0);
      });
      await soon(async () => assert.equal(await page.locator(".api-operation").count(), described));
      await page.getByLabel("Filter").fill("boards history.csv");
      await operation(page, "GET", "/api/boards/{board}/history.csv").waitFor();
      await soon(async () => assert.equal(await page.locator(".api-operation:visible").count(), 1));
    } finally {
      await page.close();
    }
  });

  test("sendsWhatWasFilledInAndShowsWhatComes", async () => {
    const { page } = await newPage(browser);
    try {
      await page.goto(`${server.url}api.html`);
      const snapshot = operation(page, "GET", "/api/boards/{board}");
      await snapshot.locator("summary").click();
      await snapshot.getByRole("button", { name: "Send" }).click();
      await snapshot.getByText("Fill in board first.").waitFor();
      await snapshot.locator("input").fill("host");
      await snapshot.getByRole("button", { name: "Send" }).click();
      await snapshot.locator(".api-status", { hasText: "200 application/json" }).waitFor();
      await snapshot.locator(".api-answer", { hasText: '"busyPercent"' }).waitFor();
      await soon(async () => assert.match(await snapshot.locator(".api-curl").innerText(), /^curl .*\/api\/boards\/host'$/));
      await snapshot.locator("input").fill("<b>no</b>");
      await snapshot.getByRole("button", { name: "Send" }).click();
      await snapshot.locator(".api-answer", { hasText: "unknown_board" }).waitFor();
      await soon(async () => assert.equal(await snapshot.locator("b").count(), 0));
    } finally {
      await page.close();
    }
  });

  test("streamIsShownAsItComesUntilItIsStopped", async () => {
    const { page } = await newPage(browser);
    try {
      await page.goto(`${server.url}api.html`);
      const stream = operation(page, "GET", "/api/boards/{board}/stream");
      await stream.locator("summary").click();
      await stream.locator("input").fill("host");
      await stream.getByRole("button", { name: "Send" }).click();
      await stream.locator(".api-answer", { hasText: "event: change" }).waitFor();
      await stream.getByRole("button", { name: "Stop" }).click();
      await stream.getByText("(ended)").waitFor();
      await stream.getByRole("button", { name: "Send" }).waitFor();
    } finally {
      await page.close();
    }
  });

  test("whoeverMayNotReadTheDescriptionIsToldWhereToSignIn", async () => {
    const state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const guarded = await startServer("0", { XDG_STATE_HOME: state });
    const { page } = await newPage(browser);
    try {
      await page.goto(`${guarded.url}api.html`);
      await page.getByText("The description cannot be read").waitFor();
      await page.getByText("Open the page, and sign in there").click();
      await page.getByLabel("Password").waitFor();
    } finally {
      await page.close();
      await guarded.stop();
    }
  });
});
