// Files that are put into synced folders through Nginx, into the folders of real agents.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { newState, run, skip, soon, startProgram, startServer } from "../browser/harness.js";
import { freePort } from "../free-port.js";
import { get } from "./client.js";
import { configure, install, recipe, startNginx } from "./nginx.js";

const program = (process.env.SERVER_COMMAND ?? "java -jar target/pulseboard.jar").split(" ");
const limit = { skip, timeout: 300_000 };
const MEBIBYTE = 1 << 20;

const hash = (/** @type {Buffer} */ bytes) => createHash("sha256").update(bytes).digest("hex");

describe("files that are put through Nginx", limit, () => {
  const folder = mkdtempSync(join(tmpdir(), "pulseboard-put-"));
  /** @type {import("../browser/harness.js").Server} */
  let demo;
  /** @type {import("./nginx.js").Installation} */
  let at;
  /** @type {Awaited<ReturnType<typeof startNginx>>} */
  let nginx;
  /** By how Nginx was set up. @type {Record<string, string>} */
  const urls = {};

  before(async () => {
    demo = await startProgram([...program, "sync", "demo", "--quiet", "--agents", "2", "--folder", folder], { LC_ALL: "C.UTF-8" });
    await soon(async () => {
      const { nodes } = JSON.parse(String((await get(`${demo.url}api/boards/sync/nodes`)).body));
      assert.deepEqual(Object.values(nodes).map(({ status }) => status), ["online", "online"]);
    });
    at = await install(demo.port);
    const [below, pasted] = await Promise.all([freePort(), freePort()]);
    const sites = [
      `include ${at.folder}/nginx/sites/pulseboard.conf;`,
      `server {\nlisten 127.0.0.1:${below};\ninclude ${at.folder}/nginx/sites/sub-path.conf;\n}`,
      `server {\nlisten 127.0.0.1:${pasted};\n${recipe("nginx").replaceAll("127.0.0.1:8080", `127.0.0.1:${demo.port}`)}\n}`,
    ];
    nginx = await startNginx(at, configure(at, [at.common, ...sites].join("\n")));
    urls.ownName = `http://127.0.0.1:${at.port}/`;
    urls.subPath = `http://127.0.0.1:${below}/monitor/`;
    urls.proxyPage = `http://127.0.0.1:${pasted}/monitor/`;
  });
  after(async () => {
    await nginx?.stop();
    await demo?.terminate(); // It ends its children, which a kill would leave.
    at?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const put = (/** @type {string} */ site, /** @type {string} */ path, /** @type {Buffer} */ body) =>
    get(`${urls[site]}api/boards/sync/files?${new URLSearchParams({ folder: "demo", path, node: "machine1" })}`, { method: "PUT", body });
  const file = (/** @type {number} */ machine, /** @type {string} */ name) => join(folder, `machine${machine}`, name);
  /** @param {number} machine @param {string} name @param {Buffer} bytes */
  const has = (machine, name, bytes) => existsSync(file(machine, name)) && statSync(file(machine, name)).size === bytes.length
    && hash(readFileSync(file(machine, name))) === hash(bytes);

  test("fileOfManyMebibytesComesWholeToAllMachines", async () => {
    const bytes = randomBytes(48 * MEBIBYTE);
    const answer = await put("ownName", "large.bin", bytes);
    assert.equal(answer.status, 201, String(answer.body));
    assert.ok(has(1, "large.bin", bytes), "it is in its place when that is said");
    await soon(async () => assert.ok(has(2, "large.bin", bytes)));
    assert.deepEqual(readdirSync(join(at.folder, "client_body")), [], "Nginx keeps nothing of it");
    assert.doesNotMatch(at.read("logs/start.log"), /buffered to a temporary file/);
  });

  for (const site of ["subPath", "proxyPage"]) {
    test(`fileOfMoreThanAMebibyteIsPut ${site}`, async () => {
      const bytes = randomBytes(2 * MEBIBYTE);
      const answer = await put(site, `${site}.bin`, bytes);
      assert.equal(answer.status, 201, String(answer.body));
      await soon(async () => assert.ok(has(2, `${site}.bin`, bytes)));
    });
  }

  test("nothingElseTakesMoreThanAMebibyte", async () => {
    const body = Buffer.alloc(2 * MEBIBYTE, " ");
    for (const [site, url] of Object.entries(urls)) {
      for (const path of ["api/boards/sync/actions/invite", "api/boards/sync/files/0123456789abcdef/restore", "api/session", "eventbus/info"]) {
        assert.equal((await get(url + path, { method: "POST", body })).status, 413, `${site} ${path}`);
      }
    }
  });
});

test("whoMayNotPutFilesIsToldSoBeforeAnythingOfThemIsRead", limit, async () => {
  const state = newState();
  run(state, ["user", "add", "anna", "--role", "admin", "--password-stdin"], "correct horse battery staple\n");
  const port = String(await freePort());
  const jar = await startServer(port, { XDG_STATE_HOME: state });
  const at = await install(port);
  const nginx = await startNginx(at, configure(at, `${at.common}\ninclude ${at.folder}/nginx/sites/pulseboard.conf;`));
  try {
    const head = `PUT /api/boards/sync/files?folder=docs&path=f&node=web1 HTTP/1.1\r\nHost: 127.0.0.1:${at.port}\r\nContent-Length: ${2 ** 40}\r\n\r\n`;
    const said = await new Promise((resolve, reject) => {
      const socket = connect(at.port, "127.0.0.1", () => socket.write(head)).once("error", reject);
      socket.setTimeout(20_000, () => socket.destroy(new Error("no answer: the body is waited for")));
      socket.once("data", (first) => {
        resolve(String(first));
        socket.destroy();
      });
    });
    assert.match(said, /^HTTP\/1\.1 401 /);
  } finally {
    await nginx.stop();
    await jar.stop();
    at.remove();
  }
});
