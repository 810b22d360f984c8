import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, run, skip, soon, startBrowser, startProxy, startServer } from "./harness.js";

const PASSWORD = "correct horse 7";

describe("a page that asks who is there", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  let state = "";
  before(async () => {
    browser = await startBrowser();
    state = newState();
    run(state, ["user", "add", "alice", "--role", "admin", "--password-stdin"], `${PASSWORD}\n`);
    server = await startServer("0", { XDG_STATE_HOME: state });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("signsInByKeyboardAndIsLiveWithoutAReload", async () => {
    const { page, faults } = await newPage(browser);
    let sockets = 0;
    page.on("websocket", () => void sockets++);
    await page.goto(server.url);
    await page.locator("form").waitFor();
    assert.equal(sockets, 0, "nobody connects before it is known who they are");
    await soon(async () => assert.equal(await page.locator(".cpu").count(), 0));
    await page.evaluate(() => void (document.body.dataset.same = "true"));
    await page.locator("form input:focus").waitFor();
    await page.keyboard.type("alice"); // The first field has the focus.
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await connectionIs(page, "live");
    await soon(async () => assert.equal(await page.evaluate(() => document.body.dataset.same), "true"));
    await soon(async () => assert.equal(await page.textContent(".account-name"), "alice"));
    await soon(async () => assert.equal(await page.locator("form").count(), 0));
    assert.equal(faults.length, 1, "only the one 401 that said to sign in");
    await page.close();
  });

  test("formIsOneThatPasswordManagersKnow", async () => {
    const { page } = await newPage(browser);
    await page.goto(server.url);
    const name = page.getByLabel("Name");
    const password = page.getByLabel("Password");
    await soon(async () => assert.equal(await name.getAttribute("autocomplete"), "username"));
    await soon(async () => assert.deepEqual([await password.getAttribute("autocomplete"), await password.getAttribute("type")], ["current-password", "password"]));
    await soon(async () => assert.ok(await page.evaluate(() => document.activeElement === document.querySelector("form input"))));
    await page.close();
  });

  test("signingOutClosesTheSocketAndNothingIsAskedAnyMore", async () => {
    const { page } = await newPage(browser);
    await page.clock.install();
    const closed = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("close"));
    await signIn(page, server.url);
    await page.click(".account summary");
    await page.getByRole("button", { name: "Sign out" }).click();
    await says(page, "You have signed out.");
    await closed;
    await soon(async () => assert.equal(await page.locator(".cpu").count(), 0, "old figures are gone"));
    await soon(async () => assert.equal((await page.request.get(`${server.url}api/boards`)).status(), 401, "the cookie is of no use any more"));
    await nothingIsAsked(page);
    await page.close();
  });

  test("sessionThatEndedWhileTheServerWasAwayIsNoReasonToTryForEver", async () => {
    const own = newState();
    const [wall] = run(own, ["token", "add", "wall"]).split("\n");
    run(own, ["token", "add", "other"]);
    let server = await startServer("0", { XDG_STATE_HOME: own });
    const { page } = await newPage(browser);
    try {
      await page.clock.install();
      await page.goto(`${server.url}#token=${wall}`);
      await connectionIs(page, "live");
      await server.stop();
      await connectionIs(page, "reconnecting");
      run(own, ["user", "add", "bob", "--password-stdin"], `${PASSWORD}\n`); // So that being on this machine is not enough.
      run(own, ["token", "revoke", "wall"]);
      server = await startServer(server.port, { XDG_STATE_HOME: own });
      await says(page, "You were signed out.");
      await nothingIsAsked(page);
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("wrongPasswordIsToldAndManyOfThemHaveToWait", async () => {
    const own = newState();
    run(own, ["user", "add", "bob", "--password-stdin"], `${PASSWORD}\n`);
    const server = await startServer("0", { XDG_STATE_HOME: own });
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await page.getByLabel("Name").fill("bob");
      await page.getByLabel("Password").fill("wrong");
      await page.keyboard.press("Enter");
      await says(page, "Name or password is wrong.");
      await soon(async () => assert.equal(await page.locator(".fault").getAttribute("role"), "alert"));
      await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("type")), "password"));
      const alert = page.getByText(/wrong\. The next attempt is possible in \d+ s\./);
      while (!(await alert.isVisible())) {
        const answered = page.waitForResponse(/api\/session/);
        await page.keyboard.press("Enter");
        await (await answered).finished();
        await page.waitForFunction(() => document.querySelector("form button")?.textContent !== "Signing in…");
      }
      await soon(async () => assert.equal(await page.locator("form button").isDisabled(), true));
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      await soon(async () => assert.equal(await page.locator("form button").isDisabled(), false));
      await page.getByLabel("Password").fill(PASSWORD);
      await page.keyboard.press("Enter");
      await connectionIs(page, "live");
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("nameWithMarkupIsShownAsText", async () => {
    const { page, faults } = await newPage(browser);
    const name = "<img src=x onerror=alert(1)>";
    await page.route("**/api/session", (route) => route.fulfill({
      json: { name, scopes: ["read:*"], canSignOut: true, isOpen: false } })); // No server of ours gives such a name.
    await page.goto(server.url);
    await page.locator(".account").waitFor();
    await soon(async () => assert.equal(await page.textContent(".account-name"), name));
    await soon(async () => assert.equal(await page.locator("img").count(), 0));
    assert.ok(faults.every((fault) => !fault.includes("policy violation")), faults.join());
    await page.close();
  });

  test("whereNobodyCanSignInYetItSaysHowToMakeTheFirstUser", async () => {
    const own = newState();
    const server = await startServer("0", { XDG_STATE_HOME: own });
    const { page } = await newPage(browser, { extraHTTPHeaders: { "x-forwarded-for": "192.0.2.1" } });
    try {
      await page.goto(server.url);
      await page.getByText("pulseboard user add NAME --role admin").waitFor();
      await soon(async () => assert.equal(await page.locator("form").count(), 0));
      run(own, ["user", "add", "bob", "--password-stdin"], `${PASSWORD}\n`);
      while (!(await page.locator("form").isVisible())) { // The server looks each second.
        await page.getByRole("button", { name: "Try again" }).click();
        await page.locator(".door").waitFor();
      }
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("otherWayToSignInIsALinkThatSaysHowItEnded", async () => {
    const { page } = await newPage(browser);
    await page.route("**/api/session", (route) => route.fulfill({ status: 401,
      json: { error: "login_required", message: "", password: true, oidc: { name: "<b>Corp", start: "login/oidc" } } }));
    await page.goto(`${server.url}#login=denied`);
    await says(page, "You were recognised, but you may not use this Pulseboard.");
    await soon(async () => assert.equal(page.url(), server.url));
    await soon(async () => assert.equal(await page.getByRole("link", { name: "Sign in with <b>Corp" }).getAttribute("href"), `${server.url}login/oidc`));
    await soon(async () => assert.equal(await page.locator("form").count(), 1));
    await page.close();
  });

  test("openServerSaysSoUntilThatIsDismissedInThisTab", async () => {
    const open = await startServer("0", {}, "--no-auth");
    const { page } = await newPage(browser);
    try {
      await page.goto(open.url);
      await connectionIs(page, "live");
      const notice = page.getByRole("status").filter({ hasText: "Nobody has to sign in here: whoever can reach this page sees everything." });
      await notice.waitFor();
      await soon(async () => assert.equal(await page.locator(".account").isVisible(), false, "nobody to be signed out"));
      await notice.getByRole("button", { name: "Dismiss" }).click();
      await notice.waitFor({ state: "hidden" });
      await page.reload();
      await connectionIs(page, "live");
      await soon(async () => assert.equal(await notice.count(), 0));
      const { page: other } = await newPage(browser);
      await other.goto(open.url);
      await other.locator(".caution button").waitFor();
      await other.close();
    } finally {
      await page.close();
      await open.stop();
    }
  });

  for (const [name, isProxied] of /** @type {[string, (path: string) => boolean][]} */ ([
    ["from its scripts on", () => true], ["from its connection on", (path) => path.startsWith("/eventbus/")]])) {
    test(`refusedOriginNamesTheSettingToChange ${name}`, async () => {
      const here = await startServer();
      const proxy = await startProxy(here.port, (path) => isProxied(path) ? { host: `localhost:${here.port}` } : {});
      const { page } = await newPage(browser);
      try {
        await page.goto(proxy.url);
        await page.getByText("add it to the setting web.allowedOrigins").waitFor();
      } finally {
        await page.close();
        proxy.stop();
        await here.stop();
      }
    });
  }

  for (const width of [320, 1920]) {
    test(`nothingOverflowsSidewaysBeforeSigningIn ${width}`, async () => {
      const { page } = await newPage(browser, { viewport: { width, height: 740 } });
      await page.goto(server.url);
      const box = await page.locator(".door").boundingBox();
      const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels`);
      assert.ok(box && Math.abs(box.x + box.width / 2 - width / 2) < 2, "in the middle");
      await page.close();
    });
  }
});

/** @param {import("playwright-core").Page} page @param {string} url */
async function signIn(page, url) {
  await page.goto(url);
  await page.getByLabel("Name").fill("alice");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await connectionIs(page, "live");
}

/** @param {import("playwright-core").Page} page @param {string} text */
function says(page, text) {
  return page.waitForFunction((wanted) => document.querySelector(".door .fault")?.textContent === wanted, text);
}

/** Ten minutes pass. @param {import("playwright-core").Page} page */
async function nothingIsAsked(page) {
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => void asked.push(request.url()));
  page.on("websocket", (socket) => void asked.push(socket.url()));
  await page.clock.fastForward(600_000);
  await page.clock.runFor(60_000);
  await page.evaluate(() => fetch("?last").then((answer) => answer.text()));
  assert.deepEqual(asked.map((url) => new URL(url).search), ["?last"]);
}
