import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, connectionIs, newPage, newState, repository, run, skip, soon, startBrowser, startServer } from "./harness.js";

const PASSWORD = "correct horse 7";

describe("a page with a token", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  let state = "";
  before(async () => {
    browser = await startBrowser();
    state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], `${PASSWORD}\n`);
    server = await startServer("0", { XDG_STATE_HOME: state });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A token that the server knows as soon as this resolves. @param {string[]} args */
  const addToken = async (...args) => {
    const [token = ""] = run(state, ["token", "add", ...args]).split("\n");
    while ((await fetch(`${server.url}api/session`, { headers: { authorization: `Bearer ${token}` } })).status === 401);
    return token;
  };

  test("displayIsLiveByItsLinkWhichLeavesTheAddressAtOnce", async () => {
    const token = await addToken("wall-1");
    const { page, faults } = await newPage(browser);
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => void asked.push(request.url()));
    await page.goto(`${server.url}#token=${token}`);
    await connectionIs(page, "live");
    await soon(async () => assert.equal(page.url(), server.url));
    await soon(async () => assert.equal(await page.evaluate(() => history.length), 2, "and no way back to it; the first is the empty page"));
    assert.ok(asked.every((url) => !url.includes(token)));
    await soon(async () => assert.equal(await page.evaluate(() => document.cookie), "", "no script can read the cookie"));
    await page.reload();
    await connectionIs(page, "live");
    await soon(async () => assert.equal(await page.textContent(".account-name"), "wall-1"));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("linkInATabThatIsOpenIsTakenToo", async () => {
    const token = await addToken("wall-2");
    const { page } = await newPage(browser);
    await page.goto(server.url);
    await page.locator("form").waitFor();
    await page.goto(`${server.url}#token=${token}`); // The same document.
    await connectionIs(page, "live");
    await soon(async () => assert.equal(page.url(), server.url));
    await page.close();
  });

  test("linkTakesThePlaceOfASessionOnlyWhenSomebodySaysSo", async () => {
    const token = await addToken("wall-3");
    const { page } = await newPage(browser);
    await page.goto(server.url);
    await page.fill('input[autocomplete="username"]', "alice");
    await page.fill('input[type="password"]', PASSWORD);
    await page.click('button[type="submit"]');
    await connectionIs(page, "live");
    /** @type {string[]} */
    const questions = [];
    let answer = false;
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      return answer ? dialog.accept() : dialog.dismiss();
    });
    for (const name of ["alice", "wall-3", "wall-3"]) {
      await page.goto("about:blank");
      await page.goto(`${server.url}#token=${token}`);
      await connectionIs(page, "live");
      await soon(async () => assert.equal(await page.textContent(".account-name"), name));
      answer = true;
    }
    assert.equal(questions.length, 2, "nothing is asked where nothing changes");
    assert.match(String(questions[0]), /as "wall-3", instead of as "alice"/);
    await page.close();
  });

  test("wrongTokenIsToldInOneLine", async () => {
    const { page } = await newPage(browser);
    await page.goto(`${server.url}#token=pulseboard_none`);
    await says(page, "The token in the address of this page is wrong, has expired or was revoked.");
    await soon(async () => assert.equal(page.url(), server.url));
    await page.close();
  });

  for (const transport of ["WebSocket", "XHR"]) {
    test(`revokedTokenShowsTheSignInView ${transport}`, async (context) => {
      const label = `wall-by-${transport}`;
      const token = await addToken(label);
      const { page } = await newPage(browser);
      if (transport === "XHR") await blockWebSockets(page);
      await page.goto(`${server.url}#token=${token}`);
      await connectionIs(page, "live");
      run(state, ["token", "revoke", label]);
      const start = Date.now();
      await says(page, "You were signed out.");
      context.diagnostic(`${Date.now() - start} ms after the command had ended`);
      await page.close();
    });
  }

  test("boardOutsideTheScopeIsToldAndNeverAskedFor", async () => {
    const token = await addToken("wall-4", "--scope", "read:board.host");
    const { page } = await newPage(browser);
    /** @type {string[]} */
    const sent = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
    await page.goto(`${server.url}#token=${token}`);
    await connectionIs(page, "live");
    await page.locator(".processes").getByText("may not see the list of processes").waitFor();
    await soon(async () => assert.equal(await page.locator(".fold").isVisible(), false));
    assert.ok(sent.some((frame) => frame.includes("board.host.changes")));
    assert.ok(!sent.some((frame) => frame.includes("board.processes")));
    await page.close();
  });

  test("whoMayNotSeeTheHostIsToldSoAndCanSignOut", async () => {
    const token = await addToken("wall-5", "--scope", "read:board.processes");
    const { page } = await newPage(browser);
    let sockets = 0;
    page.on("websocket", () => void sockets++);
    await page.goto(`${server.url}#token=${token}`);
    await page.getByText("You are signed in as wall-5, and that may not see the board “host”").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await says(page, "You have signed out.");
    assert.equal(sockets, 0);
    await page.close();
  });

  test("tokenMadeOnThePageOpensItElsewhereUntilItIsRevokedThere", async () => {
    const { page, faults } = await newPage(browser);
    await signIn(page);
    await page.click(".account summary");
    await page.getByRole("button", { name: "Tokens and sessions" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Tokens and sessions" });
    await dialog.getByText("this browser").waitFor();
    await dialog.getByLabel("Name").fill("hall");
    await dialog.getByLabel("all boards").uncheck();
    await dialog.getByLabel("host").check();
    await page.keyboard.press("Enter");
    const link = await dialog.getByLabel("Link that opens this page with it").inputValue();
    const row = dialog.locator(".token", { hasText: "hall" });
    await soon(async () => assert.match((await row.textContent()) ?? "", /sees host · made .* · ends /));

    const { page: display } = await newPage(browser);
    await display.goto(link);
    await connectionIs(display, "live");
    await display.click(".account summary");
    await display.getByRole("button", { name: "Tokens and sessions" }).click();
    await display.locator(".token").first().waitFor();
    await soon(async () => assert.equal(await display.locator("dialog form, .token button").filter({ visible: true }).count(), 0, "a display makes and revokes none"));

    await row.getByRole("button").click();
    await soon(async () => assert.equal(await row.count(), 1, "it asks once more"));
    await row.getByRole("button").click();
    await row.waitFor({ state: "detached" });
    await says(display, "You were signed out.");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement === document.querySelector(".account summary"));
    assert.equal(faults.length, 1, "only the one 401 that said to sign in");
    await display.close();
    await page.close();
  });

  test("labelWithMarkupIsShownAsText", async () => {
    const label = "<img src=x onerror=alert(1)>";
    const token = await addToken("wall-6");
    const file = join(state, "pulseboard", "accounts.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("wall-6", label)); // By hand: the command refuses it.
    const { page, faults } = await newPage(browser);
    while ((await (await fetch(`${server.url}api/session`, { headers: { authorization: `Bearer ${token}` } })).json()).name !== label);
    await page.goto(`${server.url}#token=${token}`);
    await connectionIs(page, "live");
    await soon(async () => assert.equal(await page.textContent(".account-name"), label));
    await soon(async () => assert.equal(await page.locator("img").count(), 0));
    assert.deepEqual(faults, []);
    await page.close();
  });

  for (const [name, origins, words] of /** @type {[string, boolean, RegExp][]} */ ([
    ["allowed", true, /^This page comes from .*, where nobody can sign in/], ["not allowed", false, /its setting web\.allowedOrigins lacks /]])) {
    test(`pageOfAnotherOriginSaysWhatItLacks ${name}`, async () => {
      const own = newState();
      run(own, ["token", "add", "a"]);
      run(own, ["user", "add", "bob", "--password-stdin"], `${PASSWORD}\n`);
      const files = createServer((request, answer) => { // The page as it lies in the repository.
        const path = new URL(String(request.url), "http://x").pathname;
        const text = readFileSync(`${repository}webroot${path === "/" ? "/index.html" : path}`, "utf8");
        const type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "text/html";
        answer.setHeader("content-type", type).end(text.replace('content="./"', `content="${jar?.url}"`));
      });
      await new Promise((resolve) => files.listen(0, "127.0.0.1", () => resolve(undefined)));
      const origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (files.address()).port}`;
      const jar = await startServer("0", { XDG_STATE_HOME: own, ...(origins && { PULSEBOARD_WEB_ALLOWED_ORIGINS: origin }) });
      const { page } = await newPage(browser);
      try {
        await page.goto(`${origin}/#token=pulseboard_x`);
        await page.getByText(words).first().waitFor();
        await soon(async () => assert.equal(await page.locator("form").count(), 0));
        await soon(async () => assert.equal(await page.getByRole("link", { name: jar.url }).count(), origins ? 1 : 0));
      } finally {
        await page.close();
        await jar.stop();
        files.close();
      }
    });
  }

  /** @param {import("playwright-core").Page} page */
  async function signIn(page) {
    await page.goto(server.url);
    await page.getByLabel("Name").fill("alice");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await connectionIs(page, "live");
  }
});

/** @param {import("playwright-core").Page} page @param {string} text */
function says(page, text) {
  return page.waitForFunction((wanted) => document.querySelector(".door .fault")?.textContent === wanted, text);
}
