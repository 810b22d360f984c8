// What docs/proxy.md has people paste into their proxy, taken from there and tried. README has the same lines for Nginx, see DocsTest.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { blockWebSockets, connectionIs, newPage, serious, skip, startBrowser, startServer, newState, run, startCommand } from "../browser/harness.js";
import { freePort } from "../free-port.js";
import { events, eventually, get, openSocket } from "./client.js";
import { answers, configure, install, recipe, startNginx } from "./nginx.js";

/** @typedef {import("./nginx.js").Installation} Installation */

/** @type {Record<string, (at: Installation, jarPort: string) => Promise<{ stop: () => Promise<void> }>>} */
const PROXIES = {
  nginx: (at, jarPort) => startNginx(at, configure(at, `server {
    listen 127.0.0.1:${at.port};
    location ~* \\.(js|css|svg)$ { return 410; }
    ${recipe("nginx").replaceAll("127.0.0.1:8080", `127.0.0.1:${jarPort}`)}
  }`)),
  caddy: async (at, jarPort) => {
    const site = recipe("caddy").replaceAll("127.0.0.1:8080", `127.0.0.1:${jarPort}`)
      .replace(":80 {", `:${at.port} {\nbind 127.0.0.1`);
    const file = join(at.folder, "Caddyfile");
    writeFileSync(file, `{\nadmin off\n}\n${site}`);
    const env = { ...process.env, HOME: at.folder, XDG_CONFIG_HOME: at.folder, XDG_DATA_HOME: at.folder };
    const log = join(at.folder, "caddy.log");
    const child = spawn("caddy", ["run", "--adapter", "caddyfile", "--config", file], { stdio: ["ignore", "ignore", openSync(log, "w")], env });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    await answers(at.port, () => child.exitCode ?? child.signalCode).catch((error) => assert.fail(`${error}\n${readFileSync(log)}`));
    return {
      stop: async () => {
        child.kill("SIGKILL");
        await gone;
      },
    };
  },
};

for (const [name, start] of Object.entries(PROXIES)) {
  describe(`docs/proxy.md's lines for ${name}`, { skip, timeout: 300_000 }, () => {
    /** @type {import("playwright-core").Browser} */
    let browser;
    /** @type {import("../browser/harness.js").Server} */
    let jar;
    /** @type {Installation} */
    let at;
    /** @type {{ stop: () => Promise<void> }} */
    let proxy;
    let url = "";
    let logs = "";
    let token = "";
    let agents = "";
    const bearer = () => ({ authorization: `Bearer ${token}` });

    before(async () => {
      const port = String(await freePort());
      [at, browser] = await Promise.all([install(port), startBrowser()]);
      logs = join(at.folder, "jar");
      const state = newState();
      token = run(state, ["token", "add", "recipe"]).trim();
      agents = run(state, ["token", "add", "web1", "--scope", "publish:web1"]).trim();
      jar = await startServer(port, { PULSEBOARD_FLEET_ACCEPT: "true", PULSEBOARD_WEB_TRUSTED_PROXIES: "127.0.0.1", PULSEBOARD_AUTH_USER_HEADER: "X-Remote-User",
        PULSEBOARD_LOG_FOLDER: logs, XDG_STATE_HOME: state });
      proxy = await start(at, port);
      url = `http://localhost:${at.port}/monitor/`;
    });
    after(async () => {
      await browser?.close();
      await proxy?.stop();
      await jar?.stop();
      at?.remove();
    });

    for (const way of ["WebSocket", "XHR streaming"]) {
      test(`pageIsLive ${way}`, async () => {
        const { page, faults } = await newPage(browser);
        if (way !== "WebSocket") await blockWebSockets(page);
        await page.goto(`${url.slice(0, -1)}#token=${token}`);
        await connectionIs(page, "live");
        assert.equal(page.url(), url);
        assert.equal(await page.textContent(".connection-way"), way);
        assert.deepEqual(serious(faults), []);
        await page.close();
      });
    }

    test("eventOfAStreamIsNotHeldBack", async () => {
      let seen = 0;
      for await (const { data } of events(`${url}api/boards/host/stream`, { headers: bearer() })) {
        const now = JSON.parse(String((await get(`${jar.url}api/boards/host`, { headers: bearer() })).body)).seq;
        assert.ok(now - data.seq <= 2, `number ${data.seq} came when the jar was at ${now}`);
        if (++seen === 3) break;
      }
      assert.equal(seen, 3);
    });

    test("agentOfAnotherMachineLinksThroughIt", async () => {
      const agent = startCommand(["agent", "--hub", url], { PULSEBOARD_TOKEN: agents });
      try {
        await eventually(async () => (await get(`${url}api/boards/web1/host`, { headers: bearer() })).status === 200);
      } finally {
        await agent.stop();
      }
    });

    test("whoAskedCannotBeForgedAndForeignPagesStayOut", async () => {
      const from = { localAddress: "127.0.0.2", headers: { "x-forwarded-for": "203.0.113.9", ...bearer() } };
      const socket = await openSocket(`http://127.0.0.1:${at.port}/monitor/`, from);
      assert.ok((await socket.change()).seq);
      socket.close();
      await get(`http://127.0.0.1:${at.port}/monitor/api/boards?marked`, from);
      await get(`${jar.url}api/boards?later`);
      const log = () => readFileSync(join(logs, "access.log"), "utf8");
      await eventually(() => log().includes("?later"));
      assert.match(log(), / 127\.0\.0\.2 .*\?marked/);
      const forged = { headers: { "x-remote-user": "admin", authorization: "Basic YWRtaW46eA==" } };
      const name = async (/** @type {string} */ base) => JSON.parse(String((await get(`${base}api/session`, forged)).body)).name;
      assert.equal(await name(jar.url), "proxy:admin", "from the proxy's address it counts");
      assert.equal(await name(url), undefined, "but the proxy passes on no client's");
      const foreign = { headers: { origin: "http://evil.example", "x-forwarded-host": "evil.example" } };
      assert.equal((await get(`${url}api/boards`, foreign)).status, 403);
    });
  });
}
