// Who gets in through Nginx: nobody by being near, nobody by claiming a name; those who sign in, with it or with the jar.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, run, serious, skip, startBrowser, startServer } from "../browser/harness.js";
import { freePort } from "../free-port.js";
import { eventually, events, get, head, openSocket } from "./client.js";
import { configure, install, makeCertificate, setPassword, startNginx } from "./nginx.js";

const limit = { skip, timeout: 400_000 };
const PASSWORD = "correct horse battery";
/** One of each place that goes on to the jar. */
const PLACES = ["api/boards/host", "api/boards/host/stream", "eventbus/info", "api/tokens", "metrics"];
/** What Nginx would take for the user if it were to believe a client. */
const FORGED = { "x-remote-user": "admin", x_remote_user: "admin", authorization: `Basic ${Buffer.from("admin:x").toString("base64")}` };

/** @param {import("./client.js").Answer} answer @returns {any} */
const json = (answer) => JSON.parse(String(answer.body));

/** A site of the package under another name. @param {import("./nginx.js").Installation} at @param {string} file @param {string} name @param {string} [more] */
function site(at, file, name, more = "") {
  const text = at.read(`nginx/sites/${file}.conf`).replaceAll("server_name monitor.example;", `server_name ${name};\n${more}`);
  return name.startsWith("path") ? `server {\nlisten 127.0.0.1:${at.port};\nserver_name ${name};\n${text}\n}` : text;
}

describe("a jar without users, behind an Nginx that it does not know", limit, () => {
  test("onlyWhoTalksToTheJarItselfIsOnThisMachine", async () => {
    const jar = await startServer();
    const at = await install(jar.port);
    const nginx = await startNginx(at, `${at.folder}/nginx/nginx.conf`);
    try {
      const stranger = await get(`http://127.0.0.1:${at.port}/api/session`, { headers: { "x-forwarded-for": "127.0.0.1" } });
      assert.equal(stranger.status, 401);
      assert.equal(json(stranger).password, false, "the page then tells how to make a user");
      for (const place of PLACES) assert.equal((await head(`http://127.0.0.1:${at.port}/${place}`)).status, 401, place);
      assert.equal((await get(`${jar.url}api/session`)).status, 200);
    } finally {
      await nginx.stop();
      await jar.stop();
      at.remove();
    }
  });
});

describe("a jar without users, behind an Nginx that it trusts", limit, () => {
  for (const [who, status] of /** @type {const} */ ([["203.0.113.9", 401], ["127.0.0.1", 200]])) {
    test(`whoeverIsOnThisMachineIsTakenFromNginx ${who}`, async () => {
      const jar = await startServer("0", { PULSEBOARD_WEB_TRUSTED_PROXIES: "127.0.0.1" });
      const at = await install(jar.port);
      at.edit("nginx/snippets/proxy.conf", (text) => text.replace("X-Forwarded-For $remote_addr", `X-Forwarded-For ${who}`));
      const nginx = await startNginx(at, `${at.folder}/nginx/nginx.conf`);
      try {
        assert.equal((await get(`http://127.0.0.1:${at.port}/api/session`)).status, status);
      } finally {
        await nginx.stop();
        await jar.stop();
        at.remove();
      }
    });
  }
});

describe("a jar with users, behind an Nginx that it trusts", limit, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("../browser/harness.js").Server} */
  let jar;
  /** @type {import("./nginx.js").Installation} */
  let at;
  /** @type {Awaited<ReturnType<typeof startNginx>>} */
  let nginx;
  let token = "";
  let url = "";
  const cookie = () => `pulseboard_${jar.port}`;

  /** A request to one of the sites, by its name. @param {string} name @param {string} path @param {import("./client.js").How} [how] */
  const ask = (name, path, how = {}) => get(url + path, { ...how, headers: { host: `${name}.localhost:${at.port}`, ...how.headers } });
  const signIn = (/** @type {string} */ name, path = "", who = { name: "anna", password: PASSWORD }, localAddress = "127.0.0.1") =>
    ask(name, `${path}api/session`, { method: "POST", localAddress, headers: { "content-type": "application/json" }, body: JSON.stringify(who) });

  before(async () => {
    const state = newState();
    run(state, ["user", "add", "anna", "--role", "admin", "--password-stdin"], `${PASSWORD}\n`);
    token = run(state, ["token", "add", "wall"]).split("\n")[0] ?? "";
    const port = String(await freePort());
    [at, browser] = await Promise.all([install(port), startBrowser()]);
    url = `http://127.0.0.1:${at.port}/`;
    jar = await startServer(port, { XDG_STATE_HOME: state, PULSEBOARD_WEB_TRUSTED_PROXIES: "127.0.0.1",
      PULSEBOARD_AUTH_USER_HEADER: "X-Remote-User", PULSEBOARD_WEB_ALLOWED_HOSTS: "monitor.example" });
    makeCertificate(at);
    setPassword(at, "admin", "secret");
    const asks = `include ${at.folder}/nginx/snippets/password.conf;\n`;
    const sites = [site(at, "pulseboard", "plain.localhost"), site(at, "pulseboard", "password.localhost", asks),
      site(at, "pulseboard-tls", "tls.localhost"), site(at, "sub-path", "path.localhost"),
      site(at, "sub-path", "path-password.localhost").replace(/^( *location .*\{)\n/gm, `$1\n${asks}`)];
    mkdirSync(join(at.folder, "jar"));
    nginx = await startNginx(at, configure(at, `${at.common}\n${sites.join("\n")}`));
  });
  after(async () => {
    await browser?.close();
    await nginx?.stop();
    await jar?.stop();
    at?.remove();
  });

  for (const [name, path] of [["plain", ""], ["path", "monitor/"]]) {
    test(`strangersSeeThePageThatAsksThemToSignInAndNothingElse ${name}`, async () => {
      for (const headers of [{}, FORGED]) {
        assert.equal((await ask(String(name), String(path))).status, 200);
        for (const place of PLACES) {
          const answer = await ask(String(name), path + place, { headers });
          assert.equal(answer.status, 401, place);
          assert.equal(json(answer).error, "login_required");
          assert.equal(answer.headers["www-authenticate"], "Bearer", "no browser opens a window for that");
        }
        const session = await ask(String(name), `${path}api/session`, { headers });
        assert.deepEqual([session.status, json(session).password], [401, true]);
        const host = `${name}.localhost:${at.port}`;
        await assert.rejects(openSocket(url + path, { headers: { host, ...headers } }), /no upgrade, but 401/);
      }
    });

    test(`tokensAreMadeUsedAndRevoked ${name}`, async () => {
      const signedIn = await signIn(String(name), path);
      assert.equal(signedIn.status, 200);
      const session = String(signedIn.headers["set-cookie"]).split(";")[0] ?? "";
      const headers = { cookie: session, origin: `http://${name}.localhost:${at.port}`, "content-type": "application/json" };
      const made = await ask(String(name), `${path}api/tokens`, { method: "POST", headers, body: JSON.stringify({ label: "test", scopes: ["read:*"] }) });
      assert.equal(made.status, 201);
      const bearer = { headers: { authorization: `Bearer ${json(made).token}` } };
      assert.equal((await ask(String(name), `${path}api/boards/host`, bearer)).status, 200);
      const { tokens } = json(await ask(String(name), `${path}api/tokens`, { headers }));
      const { id } = tokens.find((/** @type {any} */ each) => each.label === "test");
      assert.equal((await ask(String(name), `${path}api/tokens/${id}`, { method: "DELETE", headers })).status, 200);
      assert.equal((await ask(String(name), `${path}api/boards/host`, bearer)).status, 401);
      assert.equal((await ask(String(name), `${path}api/session`, { method: "DELETE", headers })).status, 200);
      assert.equal((await ask(String(name), `${path}api/session`, { headers })).status, 401);
    });

    test(`signingInWithAProviderIsTheJarsAffair ${name}`, async () => {
      const answer = await ask(String(name), `${path}login/oidc/callback?code=geheim&state=geheim`);
      assert.match(String(answer.headers["content-type"]), /json/, "Nginx's own 404 would be HTML");
    });
  }

  test("theNameInTheHeaderWouldCountIfItCameFromNginx", async () => {
    assert.equal(json(await get(`${jar.url}api/session`, { headers: FORGED })).name, "proxy:admin");
    assert.equal((await get(`${jar.url}api/session`, { headers: FORGED, localAddress: "127.0.0.3" })).status, 401);
  });

  for (const [name, path] of [["password", ""], ["path-password", "monitor/"]]) {
    test(`whoGaveNginxThePasswordIsAskedNoSecondTime ${name}`, async () => {
      assert.equal((await ask(String(name), `${path}api/session`)).headers["www-authenticate"], 'Basic realm="Pulseboard"');
      assert.equal((await ask(String(name), `${path}api/session`, { headers: FORGED })).headers["www-authenticate"], 'Basic realm="Pulseboard"');
      const headers = { ...FORGED, "x-remote-user": "eve", x_remote_user: "eve", host: `${name}.localhost:${at.port}`,
        authorization: `Basic ${Buffer.from("admin:secret").toString("base64")}` };
      const session = json(await ask(String(name), `${path}api/session`, { headers }));
      assert.deepEqual([session.name, session.scopes, session.canSignOut], ["proxy:admin", ["read:*"], false]);
      const stream = events(`${url + path}api/boards/host/stream`, { headers });
      assert.equal((await stream.next()).value?.name, "snapshot");
      await stream.return();
      const socket = await openSocket(url + path, { headers });
      assert.ok((await socket.change()).seq);
      socket.close();
    });
  }

  for (const [base, isSecure] of /** @type {const} */ ([["https://tls.localhost/", true], ["http://path.localhost/monitor/", false]])) {
    test(`browserThatSignsInIsLiveAndKeepsItsWebSocket ${base}`, async () => {
      const { page, faults } = await newPage(browser, { ignoreHTTPSErrors: true });
      const address = base.replace("localhost", `localhost:${isSecure ? at.tlsPort : at.port}`);
      await page.goto(address);
      const status = await page.evaluate(async (body) => {
        const headers = { "content-type": "application/json" };
        return (await fetch("api/session", { method: "POST", headers, body })).status;
      }, JSON.stringify({ name: "anna", password: PASSWORD }));
      assert.equal(status, 200);
      const [kept, ...others] = await page.context().cookies();
      assert.deepEqual([kept?.name, kept?.path, kept?.httpOnly, kept?.secure, kept?.sameSite, others.length],
        [(isSecure ? "__Host-" : "") + cookie(), "/", true, isSecure, "Strict", 0]);
      await page.goto(address);
      await connectionIs(page, "live");
      assert.equal(await page.textContent(".connection-way"), "WebSocket");
      await page.reload();
      await connectionIs(page, "live");
      assert.deepEqual(serious(faults).filter((text) => !text.includes("401")), [], "but for the refusals before");
      await page.context().close();
      await page.close();
    });
  }

  test("guessingIsSlowedDownForTheAddressThatNginxSaw", async () => {
    const guess = () => signIn("plain", "", { name: "nobody", password: "wrong" }, "127.0.0.9");
    let answer = await guess();
    assert.equal(json(answer).error, "wrong_name_or_password");
    for (let tries = 0; answer.status === 401 && tries < 12; tries++) answer = await guess();
    assert.equal(answer.status, 429);
    assert.equal(json(answer).error, "too_many_attempts", "the jar's words, and not Nginx's of connections");
    assert.ok(Number(answer.headers["retry-after"]) >= 1);
    assert.equal((await signIn("plain")).status, 200, "others need not wait");
  });

  test("aNameThatIsNotTheJarsIsRefusedAlsoThroughNginx", async () => {
    const from = (/** @type {string} */ host) => ({ headers: { host, authorization: `Bearer ${token}` } });
    for (const place of PLACES.slice(0, 3)) {
      assert.equal((await head(url + place, from("monitor.example"))).status, 200, place);
      assert.equal((await head(url + place, from("evil.example"))).status, 403, place);
    }
    const refused = await get(`${url}api/boards`, from("evil.example:80"));
    assert.equal(json(refused).error, "host_refused");
    await assert.rejects(openSocket(url, from("evil.example")), /no upgrade, but 403/);
  });

  test("nothingThatOpensADoorIsInTheLogs", async () => {
    const session = /=([^;]+)/.exec(String((await signIn("plain")).headers["set-cookie"]))?.[1] ?? assert.fail("no cookie");
    await ask("plain", "api/boards", { headers: { authorization: `Bearer ${token}` } });
    await ask("plain", "api/boards", { headers: { cookie: `${cookie()}=${session}` } });
    await ask("path", "monitor/login/oidc/callback?code=geheim&state=geheim");
    await ask("plain", "api/boards?last=one");
    const log = () => readFileSync(join(at.folder, "logs/pulseboard-access.log"), "utf8");
    await eventually(() => log().includes("?last=one"));
    assert.match(log(), /"path":"\/monitor\/login\/oidc\/callback\?\(not logged\)"/);
    for (const secret of [token, session, "geheim", PASSWORD, "correct"]) assert.equal(log().includes(secret), false);
  });
});
