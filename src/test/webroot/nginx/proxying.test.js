// What goes through Nginx to the jar and back. nginx.conf as it is installed, in front of the real jar.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { cpus, userInfo } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { defaultOf, skip, startServer } from "../browser/harness.js";
import { freePort } from "../free-port.js";
import { events, eventually, firstBytes, get, head, openSocket } from "./client.js";
import { assets, install, startNginx } from "./nginx.js";
import { startRelay } from "./relay.js";

const limit = { skip, timeout: 300_000 };

describe("API and bridge behind Nginx", limit, () => {
  /** @type {import("../browser/harness.js").Server} */
  let jar;
  /** @type {Awaited<ReturnType<typeof startRelay>>} */
  let relay;
  /** @type {import("./nginx.js").Installation} */
  let at;
  /** @type {Awaited<ReturnType<typeof startNginx>>} */
  let nginx;
  let url = "";
  let logs = "";

  before(async () => {
    const port = String(await freePort());
    relay = await startRelay(port);
    at = await install(relay.port);
    logs = join(at.folder, "jar");
    const settings = { PULSEBOARD_WEB_TRUSTED_PROXIES: "127.0.0.1", PULSEBOARD_WEB_ALLOWED_HOSTS: "other.example", PULSEBOARD_LOG_FOLDER: logs };
    jar = await startServer(port, settings, "--no-auth");
    at.edit("nginx/nginx.conf", (text) => text.replace("worker_processes auto;", "worker_processes 1;")
      .replace(/worker_shutdown_timeout \d+s;/, "worker_shutdown_timeout 1s;"));
    nginx = await startNginx(at, `${at.folder}/nginx/nginx.conf`);
    url = `http://127.0.0.1:${at.port}/`;
  });
  after(async () => {
    await nginx?.stop();
    relay?.stop();
    await jar?.stop();
    at?.remove();
  });

  /** What came to the jar with this in it. @param {string} mark */
  const asked = (mark) => relay.asked().split("\r\n\r\n").find((text) => text.includes(mark)) ?? assert.fail(mark);

  test("apiIsTheJars", async () => {
    assert.equal(JSON.parse(String((await get(`${url}api/host`)).body)).name, JSON.parse(String((await get(`${jar.url}api/host`)).body)).name);
    assert.match(String((await get(`${url}openapi.yaml`)).body), /^openapi: /);
    const metrics = await get(`${url}metrics`, { headers: { "accept-encoding": "gzip" } });
    assert.equal(metrics.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert.equal(metrics.headers["content-encoding"], "gzip");
    const missing = await get(`${url}api/boards/none`);
    assert.equal(missing.status, 404);
    assert.equal(JSON.parse(String(missing.body)).error, "unknown_board");
  });

  test("webSocketIsUpgradedAndChangesArrive", async () => {
    const socket = await openSocket(url, { headers: { origin: url.slice(0, -1) } });
    const first = await socket.change();
    assert.equal((await socket.change()).seq, first.seq + 1);
    socket.close();
  });

  test("withoutTheUpgradeLinesNoWebSocketGetsThrough", async () => {
    const other = await install(jar.port);
    other.edit("nginx/snippets/websocket.conf", () => "");
    const without = await startNginx(other, `${other.folder}/nginx/nginx.conf`);
    try {
      await assert.rejects(openSocket(`http://127.0.0.1:${other.port}/`), /no upgrade/);
    } finally {
      await without.stop();
      other.remove();
    }
  });

  test("nothingIsHeldBackUntilABufferIsFull", async () => {
    const other = await install(jar.port);
    // Chunks would tell Nginx where an event ends, and the jar asks not to be buffered where it knows to: the snippet alone
    // shall do.
    other.edit("nginx/snippets/proxy.conf", (text) => text.replace("proxy_http_version 1.1;", ""));
    other.edit("nginx/nginx.conf", (text) => text.replace("server_tokens off;", "proxy_ignore_headers X-Accel-Buffering;"));
    const blind = await startNginx(other, `${other.folder}/nginx/nginx.conf`);
    const own = `http://127.0.0.1:${other.port}/`;
    try {
      let seen = 0;
      for await (const { data } of events(`${own}api/boards/host/stream`)) {
        const now = JSON.parse(String((await get(`${jar.url}api/boards/host`)).body)).seq;
        assert.ok(now - data.seq <= 2, `number ${data.seq} came when the jar was at ${now}`);
        if (++seen === 3) break;
      }
      assert.equal(seen, 3);
      assert.match(await firstBytes(`${own}eventbus/000/abcdefgh/xhr_streaming`, "o\n"), /^h{2048}\no\n$/);
    } finally {
      await blind.stop();
      other.remove();
    }
  });

  test("viewerIsNotCutOffWhileTheJarIsQuiet", async () => {
    const other = await install(jar.port);
    // What an Nginx with other sites may have: places without a time of their own give up after a second.
    other.edit("nginx/nginx.conf", (text) => text.replace("server_tokens off;", "proxy_read_timeout 1s;"));
    const hasty = await startNginx(other, `${other.folder}/nginx/nginx.conf`);
    const own = `http://127.0.0.1:${other.port}/`;
    try {
      const socket = await openSocket(own);
      const stream = events(`${own}api/boards/host/stream`);
      await Promise.all([socket.change(), stream.next()]);
      jar.freeze();
      assert.equal((await get(`${own}api/boards`)).status, 502, "the second is over");
      jar.thaw();
      assert.ok((await socket.change()).seq);
      assert.equal((await stream.next()).value?.name, "change");
      socket.close();
      await stream.return();
    } finally {
      jar.thaw();
      await hasty.stop();
      other.remove();
    }
  });

  test("timesFitThoseOfTheJar", () => {
    const seconds = (/** @type {string} */ file, /** @type {string} */ directive) =>
      Number(new RegExp(`^${directive} (\\d+)s;`, "m").exec(at.read(`nginx/snippets/${file}.conf`))?.[1]);
    assert.ok(seconds("long-lived", "proxy_read_timeout") > Number(defaultOf("pingTimeoutSeconds")));
    assert.ok(seconds("long-lived", "proxy_send_timeout") > Number(defaultOf("pingTimeoutSeconds")));
    assert.ok(seconds("keepalive", "keepalive_timeout") < Number(defaultOf("writeTimeoutSeconds")));
  });

  test("nginxHasRoomForAllViewersThatTheJarTakes", () => {
    const number = (/** @type {string} */ name) => Number(new RegExp(`^ *${name} (\\d+);`, "m").exec(at.read("nginx/nginx.conf"))?.[1]);
    assert.ok(number("worker_connections") > 2 * Number(defaultOf("maxViewers")), "each has one to the jar, too");
    assert.ok(number("worker_rlimit_nofile") > number("worker_connections"));
  });

  test("nginxHasAWorkerForEachCoreAndTellsStrangersLittle", async () => {
    const other = await install(jar.port);
    const whole = await startNginx(other, `${other.folder}/nginx/nginx.conf`);
    try {
      const user = process.getuid?.() === 0 ? "www-data" : userInfo().username;
      const pid = other.read("nginx.pid").trim();
      // They are root's for a moment.
      await eventually(() => execFileSync("ps", ["-o", "user=", "--ppid", pid], { encoding: "utf8" }) === `${user}\n`.repeat(cpus().length));
      const script = await get(`http://127.0.0.1:${other.port}/${assets}/app.js`);
      assert.match(String(script.headers["content-type"]), /javascript/);
      const answer = await get(`http://127.0.0.1:${other.port}/${assets}/vendor/sockjs.LICENSE`);
      assert.equal(answer.headers.server, "nginx");
      assert.equal(answer.headers["content-type"], "application/octet-stream", "what has no type is no page");
    } finally {
      await whole.stop();
      other.remove();
    }
  });

  test("connectionToTheJarIsUsedAgain", async () => {
    await get(`${url}api/boards`);
    const before = relay.connections();
    for (let i = 0; i < 10; i++) await get(`${url}api/boards`);
    assert.equal(relay.connections(), before);
    for (const path of ["api/boards?plain", "eventbus/info?plain"]) {
      await get(url + path);
      assert.doesNotMatch(asked(path), /^connection:/im, "neither close nor upgrade");
    }
  });

  test("jarLogsTheClientThatNginxSawWhateverTheClientClaims", async () => {
    const forged = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "gopher", "x-forwarded-host": "evil.example",
      forwarded: "for=203.0.113.9;host=evil.example", "x-mark": "forged" };
    await get(`${url}api/boards?through-nginx`, { localAddress: "127.0.0.2", headers: forged });
    await get(`${jar.url}api/boards?past-nginx`, { localAddress: "127.0.0.3", headers: forged });
    const line = (/** @type {string} */ mark) =>
      /^\S+ (.*)/.exec(readFileSync(join(logs, "access.log"), "utf8").split("\n").find((text) => text.includes(mark)) ?? "")?.[1] ?? "";
    await eventually(() => line("through-nginx") !== "" && line("past-nginx") !== "");
    assert.match(line("through-nginx"), /^127\.0\.0\.2 /);
    assert.match(line("past-nginx"), /^127\.0\.0\.3 /);
    for (const path of ["api/boards?through", "api/boards/host/stream?through", "eventbus/info?through"]) {
      await head(url + path, { localAddress: "127.0.0.2", headers: forged });
      const came = asked(path);
      assert.match(came, new RegExp(`^Host: 127\\.0\\.0\\.1:${at.port}\r$`, "m"));
      assert.match(came, /^X-Forwarded-For: 127\.0\.0\.2\r$/m);
      assert.match(came, new RegExp(`^X-Forwarded-Host: 127\\.0\\.0\\.1:${at.port}\r$`, "m"));
      assert.match(came, /^X-Forwarded-Proto: http\r$/m);
      assert.doesNotMatch(came, /^forwarded:|203\.0\.113\.9|evil|gopher/im);
    }
  });

  test("forgedHostOpensNothingForAForeignPage", async () => {
    const headers = { origin: "http://other.example", "x-forwarded-host": "other.example" };
    const refused = await get(`${url}api/boards`, { headers });
    assert.equal(refused.status, 403);
    assert.equal(JSON.parse(String(refused.body)).error, "origin_refused");
    await assert.rejects(openSocket(url, { headers }), /no upgrade, but 403/);
    assert.equal((await get(`${jar.url}api/boards`, { headers, localAddress: "127.0.0.3" })).status, 403);
    assert.equal((await get(`${jar.url}api/boards`, { headers })).status, 200, "from the proxy's address it would count");
  });

  test("oneAddressGetsAHundredConnectionsAndOthersStillGetTheirs", async () => {
    const from = { localAddress: "127.0.0.4" };
    const many = Array.from({ length: 100 }, () => events(`${url}api/boards/host/stream`, from));
    for (const stream of many) assert.equal((await stream.next()).value?.name, "snapshot");
    for (const path of ["api/boards/host/stream", "api/boards", "eventbus/info"]) {
      assert.equal((await head(url + path, from)).status, 429, path);
      const refused = await get(url + path, from);
      assert.match(String(refused.headers["content-type"]), /^application\/json/);
      const { error, message } = JSON.parse(String(refused.body));
      assert.equal(error, "too_many_connections");
      assert.match(message, /your address/);
      assert.equal(refused.headers["x-content-type-options"], "nosniff");
    }
    assert.equal((await head(`${url}api/boards/host/stream`)).status, 200);
    for (const stream of many) await stream.return();
    await eventually(async () => (await get(`${url}api/boards`, from)).status === 200);
    assert.doesNotMatch(at.read("logs/error.log"), /limiting connections/, "nobody may fill it");
  });

  test("logIsOneJsonObjectALineWhateverAClientSends", async () => {
    const path = join(at.folder, "logs/pulseboard-access.log");
    const agents = ['"},{"client":"evil', "\\", '\\"', "\t\x7f", "\x80\xff", "ä€", ""];
    for (const agent of agents) {
      const request = `GET /api/boards?\xff\\" HTTP/1.1\r\nHost: x\r\nUser-Agent: ${agent}\r\nConnection: close\r\n\r\n`;
      await sendBytes(at.port, Buffer.from(request, "latin1"));
    }
    const lines = () => {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
      return text.trim().split("\n").map((line) => JSON.parse(line)).filter((line) => line.client === "127.0.0.1");
    };
    await sendBytes(at.port, Buffer.from("\x01\r\n\r\n"));
    await get(`${url}api/boards?readable`);
    await eventually(() => lines().some((line) => line.path === "/api/boards?readable"));
    assert.ok(lines().some((line) => line.status === 400 && line.path === ""), "what is no request has no path");
    const written = lines().filter((line) => line.path === "(not ASCII)");
    assert.deepEqual(written.map((line) => line.agent),
      ['"},{"client":"evil', "\\", '\\"', "(not ASCII)", "(not ASCII)", "(not ASCII)", ""]);
    assert.deepEqual(Object.keys(written[0]),
      ["time", "client", "method", "path", "protocol", "status", "sentBytes", "seconds", "jarSeconds", "agent"]);
    assert.equal(typeof written[0].status, "number");
  });

  test("wayBackFromAnOpenIdProviderGoesToTheJarAndNoLogHasTheCode", async () => {
    const answer = await get(`${url}login/oidc/callback?code=not-to-be-seen&state=b`);
    assert.equal(JSON.parse(String(answer.body)).error, "not_found", "no provider is configured, says the jar");
    await eventually(async () => at.read("logs/pulseboard-access.log").includes('"path":"/login/oidc/callback?(not logged)"'));
    await eventually(async () => readFileSync(join(logs, "access.log"), "utf8").includes("/login/oidc/callback?… "));
    for (const log of [at.read("logs/pulseboard-access.log"), readFileSync(join(logs, "access.log"), "utf8")]) {
      assert.doesNotMatch(log, /not-to-be-seen/);
    }
  });

  test("reloadDoesNotKeepOldWorkersForTheSakeOfAnOpenPage", async () => {
    const socket = await openSocket(url);
    await socket.change();
    process.kill(Number(at.read("nginx.pid")), "SIGHUP");
    await assert.rejects(async () => {
      for (;;) await socket.change();
    }, /the socket was closed/);
  });

  test("jarThatIsDownIsAnErrorOfTheApiAndNothingElseIsLost", async () => {
    const port = String(await freePort());
    const other = await install(port);
    const alone = await startNginx(other, `${other.folder}/nginx/nginx.conf`);
    const own = `http://127.0.0.1:${other.port}/`;
    try {
      for (const path of ["api/host", "api/boards/host/stream", "eventbus/info", "openapi.yaml"]) {
        const answer = await get(own + path);
        assert.equal(answer.status, 502, path);
        assert.match(String(answer.headers["content-type"]), /^application\/json/);
        assert.deepEqual(Object.keys(JSON.parse(String(answer.body))), ["error", "message"]);
      }
      assert.equal((await get(own)).status, 200, "the page is Nginx's own");
      assert.match(other.read("logs/error.log"), /connect\(\) failed/);
      const late = await startServer(port, {}, "--no-auth");
      assert.equal((await get(`${own}api/host`)).status, 200);
      await late.stop();
    } finally {
      await alone.stop();
      other.remove();
    }
  });
});

/** Bytes that no client library would send; resolves when the answer is complete. @param {number} port @param {Buffer} bytes */
function sendBytes(port, bytes) {
  return new Promise((resolve, reject) => {
    connect(port, "127.0.0.1").once("error", reject).once("close", resolve).resume().end(bytes);
  });
}
