// What Nginx says and serves itself: the page, its headers, compression, TLS and passwords.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { connect } from "node:tls";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { skip, startServer } from "../browser/harness.js";
import { freePort } from "../free-port.js";
import { eventually, get, head, openSocket } from "./client.js";
import { assets, check, configure, install, makeCertificate, setPassword, startNginx } from "./nginx.js";

const limit = { skip, timeout: 300_000 };
/** Headers that come from somebody's own http and server blocks, and from Debian's nginx.conf. */
const FOREIGN = `add_header X-Content-Type-Options nosniff always;
  ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on;`;
const SCRIPT = `${assets}/app.js`;

/** @param {import("./client.js").Answer} answer @param {string} name */
const count = (answer, name) => answer.raw.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;

test("everyFilePassesNginxOwnCheck", limit, async () => {
  const at = await install("8080");
  try {
    makeCertificate(at);
    const sites = ["pulseboard", "pulseboard-tls", "other-host"].map((site) => `include ${at.folder}/nginx/sites/${site}.conf;`);
    sites.push(`server { include ${at.folder}/nginx/sites/sub-path.conf; }`, sites.join("\n").replace("pulseboard.conf", "none*.conf"));
    for (const site of sites) await check(at, configure(at, `${at.common}\n${site}`));
    at.edit("nginx/sites/pulseboard.conf", (text) => text.replace("server_name", `include ${at.folder}/nginx/snippets/brotli.conf;\n server_name`));
    const { stderr } = await check(at, `${at.folder}/nginx/nginx.conf`);
    assert.doesNotMatch(stderr, /\[(warn|emerg)\]/);
  } finally {
    at.remove();
  }
});

test("eachPlaceHasTheSameSnippetsInEachSite", limit, async () => {
  const at = await install("8080");
  try {
    /** @param {string} path @returns {Map<string, string[]>} */
    const places = (path) => new Map(at.read(path).split(/location (?:[=~^]+ )?(?=[/^])/).slice(1).map((text) =>
      [(/\S+/.exec(text)?.[0] ?? "").replace("/monitor", ""), [...text.matchAll(/snippets\/(.*)\.conf/g)].map(([, name = ""]) => name)]));
    const root = places("nginx/server.conf");
    assert.equal(root.size, 7);
    const path = places("nginx/sites/sub-path.conf");
    path.delete(""); // Only a redirect.
    assert.deepEqual(path.get("/")?.shift(), "access-log");
    assert.deepEqual([...path], [...root]);
    const other = places("nginx/sites/other-host.conf");
    assert.deepEqual([...other], [...root].slice(0, 2));
  } finally {
    at.remove();
  }
});

describe("the page served by Nginx itself", limit, () => {
  /** @type {import("../browser/harness.js").Server} */
  let jar;
  /** @type {import("./nginx.js").Installation} */
  let at;
  /** @type {Awaited<ReturnType<typeof startNginx>>} */
  let nginx;
  let url = "";

  before(async () => {
    jar = await startServer("0", { PULSEBOARD_WEB_FRAME_ANCESTORS: "https://frame.example" }, "--no-auth");
    at = await install(jar.port);
    at.edit("nginx/sites/pulseboard.conf", (text) =>
      text.replace("server_name", `include ${at.folder}/nginx/snippets/brotli.conf;
    set $pulseboard_frame_ancestors "'self' https://frame.example";\n    server_name`));
    nginx = await startNginx(at, configure(at, `${FOREIGN}\n${at.common}
      include ${at.folder}/nginx/sites/pulseboard.conf;`));
    url = `http://127.0.0.1:${at.port}/`;
  });
  after(async () => {
    await nginx?.stop();
    await jar?.stop();
    at?.remove();
  });

  test("pageIsTheOneInTheJar", async () => {
    for (const path of ["", SCRIPT, `${assets}/index.css`]) {
      const [own, theirs] = await Promise.all([get(url + path), get(jar.url + path)]);
      assert.equal(own.status, 200);
      assert.ok(own.body.equals(theirs.body), path);
      const type = (/** @type {any} */ answer) => String(answer.headers["content-type"]).replace(/;.*|application\//g, "").replace("text/", "");
      assert.equal(type(own), type(theirs));
    }
  });

  test("eachSecurityHeaderIsThereExactlyOnceWhoeverAnswers", async () => {
    const jars = await get(jar.url);
    for (const path of ["", "none", SCRIPT, `${assets}/none`, "api/host", "api/boards/none", "openapi.yaml", "eventbus/info",
      "api/boards/host/stream", "api/v1/values/cpu", "api/v1/values/cpu/stream", "badge/cpu.svg", "widget/cpu"]) {
      const answer = await head(url + path);
      for (const name of ["content-security-policy", "x-content-type-options", "referrer-policy",
        "cross-origin-resource-policy", "cross-origin-opener-policy"]) {
        assert.equal(count(answer, name), 1, `${name} of /${path}`);
      }
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
      assert.equal(answer.headers["referrer-policy"], jars.headers["referrer-policy"]);
      const policy = String(answer.headers["content-security-policy"]).replace("connect-src 'self'; ", "");
      assert.equal(policy, jars.headers["content-security-policy"], "the jar's own, with connect-src spelt out");
      assert.match(policy, / frame-ancestors 'self' https:\/\/frame\.example$/);
      assert.equal(count(answer, "strict-transport-security"), 0, "not without TLS");
    }
  });

  test("errorsOfNginxItselfHaveThemToo", async () => {
    const other = await install(String(await freePort()));
    const alone = await startNginx(other, configure(other, `${FOREIGN}\n${other.common}
      include ${other.folder}/nginx/sites/pulseboard.conf;`));
    try {
      const answer = await get(`http://127.0.0.1:${other.port}/api/host`);
      assert.equal(answer.status, 502);
      for (const name of ["content-security-policy", "x-content-type-options", "referrer-policy"]) {
        assert.equal(count(answer, name), 1, name);
      }
    } finally {
      await alone.stop();
      other.remove();
    }
  });

  test("assetsStayForAYearAndTheRestIsAskedForEachTime", async () => {
    const fixed = await get(url + SCRIPT);
    assert.equal(fixed.headers["cache-control"], "max-age=31536000, immutable");
    for (const path of ["", "index.html"]) {
      assert.equal((await get(url + path)).headers["cache-control"], "no-cache");
    }
    for (const path of [`assets-0123456789abcdef/app.js`, `${assets}/none.js`]) {
      const missing = await get(url + path);
      assert.equal(missing.status, 404, path);
      assert.doesNotMatch(String(missing.headers["cache-control"]), /immutable|max-age/);
    }
    assert.equal((await get(url + assets, { headers: { host: "example.org:8000" } })).headers.location, `/${assets}/`);
  });

  for (const encoding of ["", "gzip"]) {
    test(`unchangedPageIsNotSentAgain ${encoding}`, async () => {
      const headers = { "accept-encoding": encoding };
      const { etag } = (await get(url, { headers })).headers;
      const again = await get(url, { headers: { ...headers, "if-none-match": String(etag) } });
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
      assert.equal(again.headers["cache-control"], "no-cache");
      assert.equal((await get(url, { headers: { "if-none-match": '"another"' } })).status, 200);
    });
  }

  test("textIsCompressedAsTheBrowserLikesAndCachesAreTold", async () => {
    const plain = await get(url + SCRIPT);
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.match(String(plain.headers.vary), /Accept-Encoding/);
    for (const [encoding, expand] of /** @type {const} */ ([["gzip", gunzipSync], ["br", brotliDecompressSync]])) {
      for (const path of ["", SCRIPT, `${assets}/index.css`, `${assets}/widget.js`, "openapi.yaml"]) {
        const small = await get(url + path, { headers: { "accept-encoding": encoding } });
        assert.equal(small.headers["content-encoding"], encoding, path);
        assert.ok(count(small, "vary") >= 1, "of openapi.yaml both the jar and Nginx tell");
        const large = await get(url + path);
        assert.ok(small.body.length < large.body.length * 0.6, `${path} ${encoding}`);
        assert.ok(expand(small.body).equals(large.body));
        const twin = `${at.folder}/webroot/${path}.${encoding.replace("gzip", "gz")}`;
        if (path.startsWith(assets)) assert.ok(small.body.equals(readFileSync(twin)), "as the build made it");
      }
      const board = await get(`${url}api/boards/host`, { headers: { "accept-encoding": encoding } });
      assert.equal(board.headers["content-encoding"], encoding);
      assert.ok(JSON.parse(String(expand(board.body))).seq);
      const icon = await get(`${url}${assets}/style/icon.svg`, { headers: { "accept-encoding": encoding } });
      assert.equal(icon.headers["content-encoding"], undefined, "too small to gain from it");
      const stream = await head(`${url}api/boards/host/stream`, { headers: { "accept-encoding": encoding } });
      assert.equal(stream.headers["content-encoding"], undefined);
    }
  });
});

describe("HTTPS and a password", limit, () => {
  /** @type {import("../browser/harness.js").Server} */
  let jar;
  /** @type {import("./nginx.js").Installation} */
  let at;
  /** @type {Awaited<ReturnType<typeof startNginx>>} */
  let nginx;
  let url = "";
  const headers = { authorization: `Basic ${Buffer.from("admin:secret").toString("base64")}` };
  const how = { rejectUnauthorized: false, headers };

  before(async () => {
    jar = await startServer("0", {}, "--no-auth");
    at = await install(jar.port);
    makeCertificate(at);
    setPassword(at, "admin", "secret");
    at.edit("nginx/sites/pulseboard-tls.conf", (text) =>
      text.replace("ssl_certificate ", `include ${at.folder}/nginx/snippets/password.conf;\n    ssl_certificate `));
    nginx = await startNginx(at, configure(at, `${FOREIGN}\n${at.common}
      include ${at.folder}/nginx/sites/pulseboard-tls.conf;`), at.tlsPort);
    url = `https://127.0.0.1:${at.tlsPort}/`;
    await eventually(async () => (await get(`${jar.url}api/host`)).status === 200); // It listens before it has looked around.
  });
  after(async () => {
    await nginx?.stop();
    await jar?.stop();
    at?.remove();
  });

  /** @param {import("node:tls").ConnectionOptions} options @returns {Promise<import("node:tls").TLSSocket>} */
  const shakeHands = (options) => new Promise((resolve, reject) => {
    const socket = connect({ port: at.tlsPort, host: "127.0.0.1", rejectUnauthorized: false, ...options }, () => resolve(socket));
    socket.once("error", reject);
  });

  test("nothingIsShownWithoutThePassword", async () => {
    for (const path of ["", SCRIPT, "api/host", "api/boards/host/stream", "eventbus/info", "openapi.yaml"]) {
      const answer = await get(url + path, { rejectUnauthorized: false });
      assert.equal(answer.status, 401, path);
      assert.equal(answer.headers["www-authenticate"], 'Basic realm="Pulseboard"');
      assert.equal((await head(url + path, how)).status, 200, path);
    }
    const wrong = { ...how, headers: { authorization: "Basic YWRtaW46d3Jvbmc=" } };
    assert.equal((await get(url, wrong)).status, 401);
    await assert.rejects(openSocket(url, { rejectUnauthorized: false }), /no upgrade, but 401/);
    const socket = await openSocket(url, { ...how, headers: { ...headers, origin: url.slice(0, -1) } });
    assert.ok((await socket.change()).seq);
    socket.close();
  });

  test("plainHttpIsSentOn", async () => {
    const answer = await get(`http://127.0.0.1:${at.port}/api/host?a=1`, { headers: { host: "monitor.example" } });
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.location, "https://monitor.example/api/host?a=1");
  });

  test("whoChecksTheNameForACertificateIsAnsweredByPlainHttp", async () => {
    mkdirSync(`${at.folder}/html/.well-known/acme-challenge`, { recursive: true });
    writeFileSync(`${at.folder}/html/.well-known/acme-challenge/a`, "proof");
    const answer = await get(`http://127.0.0.1:${at.port}/.well-known/acme-challenge/a`, { headers: { host: "monitor.example" } });
    assert.equal(String(answer.body), "proof");
  });

  test("browserIsToldOnceToComeBackByHttpsWhateverItAsksFor", async () => {
    for (const path of ["", "none", SCRIPT, "api/host", "api/boards/none", "eventbus/info", "api/boards/host/stream"]) {
      const answer = await head(url + path, how);
      assert.equal(count(answer, "strict-transport-security"), 1, path);
      assert.equal(answer.headers["strict-transport-security"], "max-age=31536000");
      assert.equal(count(answer, "x-content-type-options"), 1, path);
    }
  });

  test("oldProtocolsAndCiphersAreRefused", async () => {
    const old = { minVersion: /** @type {const} */ ("TLSv1"), maxVersion: /** @type {const} */ ("TLSv1.1"), ciphers: "ALL:@SECLEVEL=0" };
    await assert.rejects(shakeHands(old), /alert protocol version/);
    const version = { maxVersion: /** @type {const} */ ("TLSv1.2") };
    for (const ciphers of ["AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA256"]) {
      await assert.rejects(shakeHands({ ...version, ciphers }), /alert handshake failure/, ciphers);
    }
    const modern = await shakeHands({});
    assert.equal(modern.getProtocol(), "TLSv1.3");
    modern.destroy();
  });

  test("clientChoosesItsCipherAndComesBackQuicklyWithoutATicket", async () => {
    const maxVersion = /** @type {const} */ ("TLSv1.2");
    for (const ciphers of ["ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256"]) {
      const first = await shakeHands({ maxVersion, ciphers });
      assert.equal(first.getCipher().name, ciphers.split(":")[0]);
      assert.equal(first.getTLSTicket(), undefined);
      const session = first.getSession();
      first.destroy();
      const second = await shakeHands({ maxVersion, ciphers, session });
      assert.equal(second.isSessionReused(), true);
      second.destroy();
    }
  });

  test("bothProtocolsOfToday", async () => {
    const socket = await shakeHands({ ALPNProtocols: ["h2", "http/1.1"] });
    assert.equal(socket.alpnProtocol, "h2");
    socket.destroy();
  });
});
