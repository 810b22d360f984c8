// Messages to browsers: what the real program says of its key and keeps of a browser, and that a push service and a browser which are
// not ours can check who sent a message and read it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { startServer, repository } from "../browser/harness.js";
import { freePort } from "../free-port.js";

const require = createRequire(import.meta.url);
const jar = `${repository}target/pulseboard.jar`;
const limit = { skip: !process.env.CI && !existsSync(jar) && `${jar} is not built`, timeout: 300_000 };
const state = mkdtempSync(join(tmpdir(), "pulseboard-push-"));

/** @type {import("../browser/harness.js").Server} */
let server;
let service = "";
let stopService = () => {};

before(async () => {
  if (limit.skip) return;
  server = await startServer("0", { PULSEBOARD_AUTH_FOLDER: state });
  const port = await freePort();
  const PushApiModel = require("web-push-testing/src/PushApiModel.js").PushApiModel;
  const PushService = require("web-push-testing/src/server.js");
  const running = new PushService(new PushApiModel(), port);
  running.startServer();
  stopService = () => {
    running._server.closeAllConnections();
    running._server.close();
  };
  service = `http://localhost:${port}`;
});

after(async () => {
  stopService();
  await server?.stop();
  rmSync(state, { recursive: true, force: true });
});

async function post(address, body) {
  const response = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json().catch(() => ({})) };
}

const act = (action, body) => post(`${server.url}api/boards/alerts/actions/${action}`, body);

/** By the channel of the jar, from the same folder. */
async function send(text) {
  const source = `${repository}src/test/java/pulseboard/alert/channel/SendPush.java`;
  const { stdout } = await promisify(execFile)("java", ["-cp", jar, source, state, text]);
  return stdout.trim().split("\n").pop();
}

/** Their keys are base64url without padding; those of the receiver may not be. @param {string} key */
const asBrowsersDo = (key) => key.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

test("a browser of somebody else's making reads what is sent, and who sent it is checked", limit, async () => {
  const { publicKey } = await (await fetch(`${server.url}api/boards/alerts/push-key`)).json();
  const made = await post(`${service}/subscribe`, { userVisibleOnly: "true", applicationServerKey: publicKey });
  const { endpoint, keys, clientHash } = made.body.data;
  assert.deepEqual(await act("subscribe-browser", { endpoint, p256dh: asBrowsersDo(keys.p256dh), auth: asBrowsersDo(keys.auth) }), {
    status: 200,
    body: { subscribed: true },
  });
  assert.equal(await send("/srv is {{full}} <b>é</b>"), "taken for 1 of 1 browsers");
  const got = await post(`${service}/get-notifications`, { clientHash });
  const [message] = got.body.data.messages.map((each) => JSON.parse(each));
  assert.equal(message.title, "🔴 /srv is {{full}} <b>é</b>");
  assert.match(message.body, /^CRITICAL: \/srv is \{\{full}} <b>é<\/b>\n/);
  assert.equal(message.tag, "a1b2c3d4e5f60718");

  await fetch(`${service}/expire-subscription/${clientHash}`, { method: "POST" });
  assert.match(await send("again"), /^failed: taken for 0 of 1 browsers, 1 forgotten/);
  assert.equal(readFileSync(join(state, "push-browsers.json"), "utf8"), "[]");
});

test("what is no browser is refused, and nobody takes another's out", limit, async () => {
  const refused = await act("subscribe-browser", { endpoint: "https://push.example/x", p256dh: "AAAA", auth: "AAAA" });
  assert.deepEqual([refused.status, refused.body.error], [400, "bad_parameter"]);
  const gone = await act("unsubscribe-browser", { endpoint: "https://push.example/x" });
  assert.deepEqual([gone.status, gone.body.unsubscribed], [200, false]);
});
