import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { after, afterEach, before, describe, test } from "node:test";
import { connectionIs, newPage, skip, soon, startBrowser, startServer } from "./harness.js";
import { freePort } from "../free-port.js";

/**
 * A certified provider with one user, alice, in the group staff; whoever signs in at its page is her. It does with the client's
 * sign-in what its defaults are: PKCE, groups only in the user info.
 * @param {string} callback
 */
async function startProvider(callback) {
  const { default: Provider } = await import("oidc-provider");
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  // Not the address of the board: for a browser that is another site, as a provider mostly is.
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "board", client_secret: "board-secret", redirect_uris: [callback] }],
    claims: { openid: ["sub"], profile: ["preferred_username", "groups"], email: ["email"] },
    pkce: { required: () => true },
    findAccount: (/** @type {unknown} */ _context, /** @type {string} */ sub) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: sub, groups: ["staff"], email: `${sub}@example.org` }),
    }),
    cookies: { keys: ["a key for the cookies of this test"] },
  });
  server.on("request", provider.callback());
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { issuer, stop };
}

/** Through the provider's own pages: name, any password, consent. @param {import("playwright-core").Page} page @param {string} name */
async function signInAtProvider(page, name) {
  await page.waitForSelector("input[name=login]");
  await page.fill("input[name=login]", name);
  await page.fill("input[name=password]", "any");
  await page.click("button[type=submit]");
  await page.waitForSelector("input[name=prompt][value=consent]", { state: "attached" });
  await page.click("button[type=submit]");
}

describe("sign-in with OpenID Connect", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  /** @type {{ issuer: string, stop: () => void }} */
  let provider;
  const state = mkdtempSync(`${tmpdir()}/pulseboard-`);

  before(async () => {
    const port = String(await freePort()); // The provider has to know the page's address before the page's server runs.
    const page = `http://127.0.0.1:${port}/`;
    provider = await startProvider(`${page}login/oidc/callback`);
    server = await startServer(port, {
      XDG_STATE_HOME: state,
      PULSEBOARD_OIDC_ISSUER: provider.issuer,
      PULSEBOARD_OIDC_CLIENT_ID: "board",
      PULSEBOARD_OIDC_CLIENT_SECRET: "board-secret",
      PULSEBOARD_OIDC_PUBLIC_URL: page,
      PULSEBOARD_OIDC_OPERATOR_GROUPS: "staff",
    });
    browser = await startBrowser();
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  after(async () => {
    await browser?.close();
    await server?.stop();
    provider?.stop();
    rmSync(state, { recursive: true, force: true });
  });

  test("whomTheProviderKnowsComesBackToALiveBoard", async () => {
    const { page } = await newPage(browser);
    await page.goto(`${server.url}login/oidc`);
    await soon(async () => assert.ok(page.url().startsWith(provider.issuer), page.url()));
    await signInAtProvider(page, "alice");
    await page.waitForURL(server.url);
    await connectionIs(page, "live");
    const session = await page.evaluate(async () => (await fetch("api/session")).json());
    assert.equal(session.name, "oidc:alice");
    assert.deepEqual(session.scopes, ["act:*", "read:*"]);
    const cookies = await page.context().cookies(server.url);
    const [cookie] = cookies.filter(({ name }) => name.startsWith("pulseboard_"));
    assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, "Strict"]);
    assert.deepEqual(cookies.map(({ name }) => name), [cookie.name], "the sign-in's own cookie is gone");
  });

  test("whoCancelsAtTheProviderIsNotIn", async () => {
    const { page } = await newPage(browser);
    await page.goto(`${server.url}login/oidc`);
    await page.waitForSelector("input[name=login]");
    await page.click("a[href$='/abort']");
    await page.waitForURL(`${server.url}#login=denied`);
    assert.equal(await page.evaluate(async () => (await fetch("api/session")).status), 401);
  });
});
