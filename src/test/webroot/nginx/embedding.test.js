// The page in a real browser, where people put it: below a path of another site, on another host than the jar, by HTTPS.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, connectionIs, newPage, serious, skip, startBrowser, startServer } from "../browser/harness.js";
import { freePort } from "../free-port.js";
import { events, get } from "./client.js";
import { configure, install, makeCertificate, setPassword, startNginx } from "./nginx.js";

const limit = { skip, timeout: 300_000 };

/** Another site, with Pulseboard below /monitor/. @param {import("./nginx.js").Installation} at */
function otherSite(at) {
  const root = join(at.folder, "other");
  mkdirSync(root);
  writeFileSync(join(root, "other.html"), "<title>another site</title><script>document.title += ' still works'</script>");
  return `server {
    listen 127.0.0.1:${at.port};
    server_name localhost;
    root ${root};
    index other.html;
    add_header X-Other-Site yes;
    location ~* \\.(js|css|svg|yaml)$ { return 410; }
    location ~ /(api|eventbus)/ { return 410; }
    include ${at.folder}/nginx/sites/sub-path.conf;
  }`;
}

describe("one Nginx with the page in three places", limit, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("../browser/harness.js").Server} */
  let jar;
  /** @type {import("./nginx.js").Installation} */
  let at;
  /** @type {Awaited<ReturnType<typeof startNginx>>} */
  let nginx;
  let site = "";
  let elsewhere = "";
  let elsewhereWithPath = "";

  before(async () => {
    const port = String(await freePort());
    [at, browser] = await Promise.all([install(port), startBrowser()]);
    site = `http://localhost:${at.port}/`;
    elsewhere = `http://page.localhost:${at.port}`;
    elsewhereWithPath = `http://path.localhost:${at.port}`;
    jar = await startServer(port, { PULSEBOARD_WEB_ALLOWED_ORIGINS: `${elsewhere},${elsewhereWithPath}` }, "--no-auth");
    makeCertificate(at);
    setPassword(at, "admin", "secret");
    at.edit("nginx/sites/pulseboard-tls.conf", (text) =>
      text.replace("ssl_certificate ", `include ${at.folder}/nginx/snippets/password.conf;\n    ssl_certificate `));
    writeFileSync(`${at.folder}/nginx/sites/other-path.conf`, at.read("nginx/sites/other-host.conf")
      .replace("page.example;", "path.localhost;").replace('content="http://jar.example:8080/"', `content="${site}monitor"`)
      .replaceAll("jar.example:8080", `localhost:${at.port}`));
    at.edit("nginx/sites/other-host.conf", (text) =>
      text.replaceAll("jar.example:8080", `jar.localhost:${port}`).replace("page.example;", "page.localhost;"));
    nginx = await startNginx(at, configure(at, `${at.common}\n${otherSite(at)}
      include ${at.folder}/nginx/sites/other-*.conf;\ninclude ${at.folder}/nginx/sites/pulseboard-tls.conf;`));
  });
  after(async () => {
    await browser?.close();
    await nginx?.stop();
    await jar?.stop();
    at?.remove();
  });

  test("belowAPathItIsLiveAndTheOtherSiteStaysAsItWas", async () => {
    const { page, faults } = await newPage(browser);
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("websocket", (socket) => asked.push(socket.url().replace("ws:", "http:")));
    await page.goto(`${site}monitor`);
    assert.equal(page.url(), `${site}monitor/`);
    await connectionIs(page, "live");
    await page.waitForFunction(() => document.querySelector(".connection-delay")?.textContent?.endsWith("ms"));
    await page.waitForFunction(() => / now \d/.test(document.querySelector(".cpu .chart")?.getAttribute("aria-label") ?? ""));
    assert.equal(await page.textContent(".connection-way"), "WebSocket");
    assert.ok(asked.length > 10);
    assert.deepEqual(asked.filter((url) => !url.startsWith(`${site}monitor`)), []);
    assert.deepEqual(serious(faults), []);
    await page.goto(site);
    assert.equal(await page.title(), "another site still works");
    const other = await get(site);
    assert.equal(other.headers["x-other-site"], "yes");
    assert.equal(other.headers["content-security-policy"], undefined);
    assert.equal((await get(`${site}api/host`)).status, 410, "is the other site's own affair");
    await page.close();
  });

  test("belowAPathAWidgetIsLiveByWebSocketAndABadgeIsThere", async () => {
    const { page, faults } = await newPage(browser);
    const opened = page.waitForEvent("websocket");
    await page.goto(`${site}monitor/widget/cpu?theme=dark`);
    assert.equal((await opened).url(), `${site}monitor/api/v1/values/cpu/stream`.replace("http", "ws"));
    await page.waitForFunction(() => /^\d.* %$/.test(document.querySelector(".figure")?.textContent ?? ""));
    assert.deepEqual(serious(faults), []);
    await page.close();
    const badge = await get(`${site}monitor/badge/cpu.svg`);
    assert.equal(badge.headers["content-type"], "image/svg+xml");
  });

  test("pathWithoutItsSlashIsMendedBehindAForwardedPortToo", async () => {
    const answer = await get(`${site}monitor?a=1`, { headers: { host: "example.org:8000" } });
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.location, "/monitor/?a=1");
  });

  test("belowAPathEachAnswerHasItsHeaders", async () => {
    const index = await get(`${site}monitor/`);
    assert.equal(index.headers["cache-control"], "no-cache");
    const script = /src="(assets-[^"]+)"/.exec(String(index.body))?.[1];
    const asset = await get(`${site}monitor/${script}`);
    assert.equal(asset.headers["cache-control"], "max-age=31536000, immutable");
    const api = await get(`${site}monitor/api/boards/host`);
    assert.ok(JSON.parse(String(api.body)).seq);
    assert.match(String((await get(`${site}monitor/openapi.yaml`)).body), /^openapi: /);
    assert.match(String((await get(`${site}monitor/metrics`)).body), /^pulseboard_build_info/m);
    const stream = events(`${site}monitor/api/boards/host/stream`);
    assert.equal((await stream.next()).value?.name, "snapshot");
    await stream.return();
    for (const { raw } of [index, asset, api]) {
      assert.equal(raw.filter((name) => name.toLowerCase() === "x-content-type-options").length, 1);
    }
  });

  test("belowAPathPlainHttpStreamsWhereWebSocketsDoNotGetThrough", async () => {
    const { page } = await newPage(browser);
    await blockWebSockets(page);
    await page.goto(`${site}monitor/`);
    await connectionIs(page, "live");
    assert.equal(await page.textContent(".connection-way"), "XHR streaming");
    await page.close();
  });

  test("onAnotherHostThanTheJarItIsLiveByBothWaysAndOnlyWhereItIsAllowed", async () => {
    for (const way of ["WebSocket", "XHR streaming"]) {
      const { page, faults } = await newPage(browser);
      if (way !== "WebSocket") await blockWebSockets(page);
      await page.goto(elsewhere);
      await connectionIs(page, "live");
      assert.equal(await page.textContent(".connection-way"), way);
      await page.waitForFunction(() => document.querySelector(".connection-delay")?.textContent?.endsWith("ms"));
      assert.deepEqual(serious(faults), []);
      await page.close();
    }
    const served = await get(`http://127.0.0.1:${at.port}/`, { headers: { host: `page.localhost:${at.port}` } });
    assert.match(String(served.body), new RegExp(`<a href="http://jar.localhost:${jar.port}/api/boards/host">`));
    const refused = await get(`${jar.url}api/host`, { headers: { origin: elsewhere.replace("page.", "foreign.") } });
    assert.equal(refused.status, 403);
  });

  test("jarMayLieBelowAPathOfTheOtherHost", async () => {
    const { page, faults } = await newPage(browser);
    await page.goto(elsewhereWithPath);
    await connectionIs(page, "live");
    assert.equal(await page.textContent(".connection-way"), "WebSocket");
    assert.deepEqual(serious(faults), []);
    await page.close();
  });

  test("byHttpsAndWithAPasswordItIsLiveToo", async () => {
    const { page, faults } = await newPage(browser, { ignoreHTTPSErrors: true, httpCredentials: { username: "admin", password: "secret" } });
    await page.goto(`https://localhost:${at.tlsPort}/`);
    await connectionIs(page, "live");
    assert.equal(await page.textContent(".connection-way"), "WebSocket");
    const protocol = () => performance.getEntriesByType("navigation").map((entry) => Reflect.get(entry, "nextHopProtocol"));
    assert.deepEqual(await page.evaluate(protocol), ["h2"]);
    assert.deepEqual(serious(faults).filter((text) => !text.includes("401")), []);
    await page.close();
  });
});

test("pageSaysThatTheJarIsDownAndComesBack", limit, async () => {
  const port = String(await freePort());
  const at = await install(port);
  const [browser, nginx] = await Promise.all([startBrowser(), startNginx(at, configure(at, `${at.common}\n${otherSite(at)}`))]);
  const site = `http://localhost:${at.port}/`;
  try {
    const { page } = await newPage(browser);
    await page.goto(`${site}monitor/`); // Nginx has it, although the jar is not there.
    await connectionIs(page, "connecting");
    await page.waitForFunction(() => document.querySelector(".connection-detail")?.textContent === "the server answers 502");
    const down = await get(`${site}monitor/api/host`);
    assert.equal(down.status, 502);
    assert.deepEqual(Object.keys(JSON.parse(String(down.body))), ["error", "message"]);
    const jar = await startServer(port, {}, "--no-auth");
    try {
      await connectionIs(page, "live");
    } finally {
      await jar.stop();
    }
    await connectionIs(page, "reconnecting");
  } finally {
    await browser.close();
    await nginx.stop();
    at.remove();
  }
});
