// Agents of other machines that link through Nginx: with HTTPS, below a path, and while it has little patience.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { newState, run, skip, startCommand, startServer } from "../browser/harness.js";
import { freePort } from "../free-port.js";
import { events, eventually, get, head } from "./client.js";
import { configure, install, makeCertificate, startNginx } from "./nginx.js";
import { startRelay } from "./relay.js";

/** What asks for a WebSocket. */
const UPGRADE = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13",
  "sec-websocket-key": randomBytes(16).toString("base64"), "sec-websocket-protocol": "pulseboard.agent.1" };

describe("agents behind Nginx", { skip, timeout: 400_000 }, () => {
  /** @type {import("../browser/harness.js").Server} */
  let jar;
  /** @type {Awaited<ReturnType<typeof startRelay>>} */
  let relay;
  /** @type {import("./nginx.js").Installation} */
  let at;
  /** @type {Awaited<ReturnType<typeof startNginx>>} */
  let nginx;
  let state = "";
  /** A token that reads, which is known from the start. */
  let reader = "";
  /** Where the jar is behind Nginx, by the kind of site. @type {Record<string, string>} */
  let urls = {};

  before(async () => {
    const port = String(await freePort());
    relay = await startRelay(port);
    at = await install(relay.port);
    makeCertificate(at, "localhost");
    state = newState();
    reader = run(state, ["token", "add", "reader"]).trim();
    jar = await startServer(port, { XDG_STATE_HOME: state, PULSEBOARD_FLEET_ACCEPT: "true", PULSEBOARD_WEB_TRUSTED_PROXIES: "127.0.0.1" });
    const path = at.read("nginx/sites/sub-path.conf");
    // Places without a time of their own give up after a second.
    nginx = await startNginx(at, configure(at, `proxy_read_timeout 1s;\n${at.common}
      include ${at.folder}/nginx/sites/pulseboard.conf;\ninclude ${at.folder}/nginx/sites/pulseboard-tls.conf;
      server { listen 127.0.0.1:${at.port}; server_name localhost; ${path} }`), at.tlsPort);
    urls = { "a host name": `http://127.0.0.1:${at.port}/`, HTTPS: `https://localhost:${at.tlsPort}/`,
      "a path": `http://localhost:${at.port}/monitor/` };
  });
  after(async () => {
    await nginx?.stop();
    relay?.stop();
    await jar?.stop();
    at?.remove();
  });

  /** @param {string} machine @returns {string} the token of its agent */
  const token = (machine) => run(state, ["token", "add", machine, "--scope", `publish:${machine}`]).trim();
  /** The health of a machine's board in the directory; nothing while it is live. @param {string} machine */
  const health = async (machine) => JSON.parse(String((await get(`${jar.url}api/boards/boards`)).body)).state[`${machine}/host`]?.health;
  /** @param {string} machine */
  const isThere = async (machine) => (await get(`${jar.url}api/boards/${machine}/host`)).status === 200;
  /** What came to the jar with this in it. @param {string} mark */
  const asked = (mark) => relay.asked().split("\r\n\r\n").find((text) => text.includes(mark)) ?? assert.fail(mark);

  for (const [kind, machine] of Object.entries({ "a host name": "web1", HTTPS: "web2", "a path": "web3" })) {
    test(`agentLinksThroughASiteWith ${kind}`, async () => {
      const agent = startCommand(["agent", "--hub", urls[kind] ?? "", ...(kind === "HTTPS" ? ["--ca-file", join(at.folder, "certificate.pem")] : [])],
        { PULSEBOARD_TOKEN: token(machine) });
      try {
        await eventually(() => isThere(machine));
        assert.equal(await health(machine), undefined, "it is live");
      } finally {
        await agent.stop();
      }
      await eventually(async () => (await health(machine))?.state === "offline");
      assert.ok(await isThere(machine), "what was last known stays");
    });
  }

  test("streamOfAnotherMachinesBoardIsNotCutOffWhileTheJarIsQuiet", async () => {
    const agent = startCommand(["agent", "--hub", urls["a host name"] ?? ""], { PULSEBOARD_TOKEN: token("web4") });
    try {
      await eventually(() => isThere("web4"));
      const stream = events(`${urls["a host name"]}api/boards/web4/host/stream`, { headers: { authorization: `Bearer ${reader}` } });
      assert.equal((await stream.next()).value?.name, "snapshot");
      jar.freeze();
      assert.equal((await get(`${urls["a host name"]}api/boards`)).status, 502, "the second is over");
      jar.thaw();
      assert.equal((await stream.next()).value?.name, "change");
      await stream.return();
      assert.equal(await health("web4"), undefined);
    } finally {
      jar.thaw();
      await agent.stop();
    }
  });

  test("onlyTheWayOfAgentsIsUpgraded", async () => {
    for (const path of ["api/agents/link?marked", "api/work/link?marked", "api/boards?marked"]) {
      for (const url of [urls["a host name"], urls["a path"]]) {
        await head(`${url}${path}`, { headers: UPGRADE });
      }
      const came = relay.asked().split("\r\n\r\n").filter((text) => text.includes(path));
      assert.equal(came.length, 2, path);
      for (const text of came) assert.equal(/^Upgrade: websocket\r?$/m.test(text), path.startsWith("api/agents"), text);
    }
    assert.match(asked("api/agents/link"), /^X-Forwarded-For: 127\.0\.0\.1\r$/m);
  });

  test("whoeverIsRefusedIsToldWhyThroughNginx", async () => {
    const answer = await get(`${urls["a host name"]}api/agents/link`, { headers: { authorization: `Bearer ${reader}` } });
    assert.equal(answer.status, 403);
    assert.match(JSON.parse(String(answer.body)).message, /publish:NAME/);
  });
});
