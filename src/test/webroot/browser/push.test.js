// Messages to this browser: what the service worker shows of one, and what the page tells the server. The push service itself is a
// vendor's, on the internet: the browser's own tool delivers the message here, and a fake stands for the subscription.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { newPage, repository, skip, soon, startBrowser } from "./harness.js";

const limit = { skip, timeout: 240_000 };
const KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {{ url: string, stop: () => void }} */
let site;

before(async () => {
  if (skip) return;
  browser = await startBrowser();
  site = await startModules();
});

after(async () => {
  await browser?.close();
  site?.stop();
});

async function open() {
  const { page, faults } = await newPage(browser);
  await page.context().grantPermissions(["notifications"], { origin: site.url });
  await page.goto(site.url);
  return { page, faults };
}

/** @param {import("playwright-core").Page} page @param {string} data */
async function deliver(page, data) {
  const tool = await page.context().newCDPSession(page);
  /** @type {Promise<string>} */
  const registered = new Promise((resolve) => tool.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    if (registrations[0]) resolve(registrations[0].registrationId);
  }));
  await tool.send("ServiceWorker.enable");
  await tool.send("ServiceWorker.deliverPushMessage", { origin: site.url, registrationId: await registered, data });
}

/** What is shown, as soon as something is. @param {import("playwright-core").Page} page */
const shown = (page) => page.waitForFunction(async () => {
  const registration = await navigator.serviceWorker.ready;
  const [one] = await registration.getNotifications();
  return one && { title: one.title, body: one.body, tag: one.tag, data: one.data };
}).then((handle) => handle.jsonValue());

for (const [what, data, expected] of /** @type {[string, string, object][]} */ ([
  ["a message is shown as text, under the tag of its alert", JSON.stringify({ title: "🔴 /srv is <b>full</b>", body: "{{x}}", tag: "a1", level: "critical", link: "https://evil.example/" }),
    { title: "🔴 /srv is <b>full</b>", body: "{{x}}", tag: "a1", data: { link: "https://evil.example/" } }],
  ["what cannot be read is shown in words all the same", "no JSON", { title: "Pulseboard", body: "Something has changed.", tag: "pulseboard", data: { link: "" } }],
])) {
  test(what, limit, async () => {
    const { page } = await open();
    await page.evaluate(() => navigator.serviceWorker.register("/push.js").then(() => navigator.serviceWorker.ready).then(() => {}));
    await deliver(page, data);
    await soon(async () => assert.deepEqual(await shown(page), expected));
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      for (const each of await registration.getNotifications()) each.close();
      await registration.unregister();
    });
    await page.close();
  });
}

test("the server is told of the browser, and when it wants no more", limit, async () => {
  const { page } = await open();
  /** @type {[string, any][]} */
  const told = [];
  await page.route("**/api/boards/alerts/**", (route) => {
    const request = route.request();
    if (request.method() === "POST") told.push([String(new URL(request.url()).pathname.split("/").pop()), request.postDataJSON()]);
    return route.fulfill({ json: { publicKey: KEY } });
  });
  const states = await page.evaluate(async () => {
    /** @type {any} */
    let subscription = null;
    PushManager.prototype.getSubscription = async () => subscription;
    PushManager.prototype.subscribe = async (options) => {
      const endpoint = "https://push.example/1";
      const applicationServerKey = /** @type {Uint8Array} */ (options?.applicationServerKey).buffer;
      const unsubscribe = async () => (subscription = null) === null;
      return subscription = { endpoint, options: { applicationServerKey }, unsubscribe, toJSON: () => ({ endpoint, keys: { p256dh: "P", auth: "A" } }) };
    };
    const push = await import(/** @type {any} */ ("/lib/push.js"));
    const found = [push.pushObstacle(), await push.isSubscribed()];
    await push.subscribe();
    found.push(await push.isSubscribed());
    await push.subscribe();
    await push.unsubscribe();
    found.push(await push.isSubscribed());
    await (await navigator.serviceWorker.ready).unregister();
    return found;
  });
  assert.deepEqual(states, ["", false, true, false]);
  const browserSaid = { endpoint: "https://push.example/1", p256dh: "P", auth: "A" };
  assert.deepEqual(told, [["subscribe-browser", browserSaid], ["subscribe-browser", browserSaid], ["unsubscribe-browser", { endpoint: browserSaid.endpoint }]]);
  await page.close();
});

test("where it cannot be, the page says why in a sentence", limit, async () => {
  const { page } = await open();
  const said = await page.evaluate(async () => {
    const { pushObstacle } = await import(/** @type {any} */ ("/lib/push.js"));
    const view = { isSecureContext: true, navigator: { serviceWorker: {} }, PushManager: {}, Notification: { permission: "granted" } };
    return [view, { ...view, isSecureContext: false }, { ...view, navigator: {} }, { ...view, Notification: { permission: "denied" } }].map(pushObstacle);
  });
  assert.equal(said[0], "");
  assert.match(String(said[1]), /HTTPS/);
  assert.match(String(said[2]), /home screen/);
  assert.match(String(said[3]), /settings/);
  await page.close();
});

test("the page has a switch for this browser, for those who may", limit, async () => {
  const actions = { "subscribe-browser": { role: "viewer" }, "unsubscribe-browser": { role: "viewer" } };
  const boards = {
    alerts: { verdict: { level: "ok", text: "All is well." }, alerts: {}, channels: { browsers: { ok: true, since: 1_764_400_000_000 } } },
    boards: { alerts: { kind: "alerts", actions }, host: { kind: "host" } },
    host: {},
  };
  const before = (/** @type {import("playwright-core").Page} */ page) => page.context().grantPermissions(["notifications"], { origin: site.url });
  const { page, faults } = await openBoard(browser, `${site.url}#/boards/alerts`, boards, { before, scopes: ["read:board.alerts"] });
  const on = page.getByRole("button", { name: "Send messages to this browser" });
  await on.waitFor();
  await page.route("**/api/boards/alerts/**", (route) => route.fulfill({ json: { publicKey: KEY } }));
  await page.evaluate(() => {
    /** @type {any} */
    let subscription = null;
    PushManager.prototype.getSubscription = async () => subscription;
    PushManager.prototype.subscribe = async () => subscription = { endpoint: "https://push.example/1", options: {}, unsubscribe: async () => (subscription = null) === null, toJSON: () => ({}) };
  });
  await on.click();
  await page.getByText("It takes messages of every channel of kind push.").waitFor();
  await page.getByRole("button", { name: "Send this browser no more messages" }).click();
  await page.getByText("It takes none any more.").waitFor();
  await soon(async () => assert.equal(await on.isVisible(), true));
  assert.deepEqual(faults, []);
  await page.screenshot({ path: process.env.PUSH_PICTURE || `${repository}target/pictures/push.png`, fullPage: true });
  await page.close();

  const stranger = await openBoard(browser, `${site.url}#/boards/alerts`, boards);
  await stranger.page.getByText("browsers", { exact: true }).waitFor();
  await soon(async () => assert.equal(await stranger.page.getByRole("button", { name: "Send messages to this browser" }).count(), 0));
  await stranger.page.close();
});
