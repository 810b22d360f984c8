// Names of files are text of others: each of these goes through every way out of the board s3, with a real server, and none is obeyed.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, saidBy, serious, skip, soon, startBrowser, startServer } from "./harness.js";
import { KEY, needsStorage, SECRET, startStorage } from "./s3-storage.js";

const GOOD = [
  "line\nbreak.txt", "tab\tand\rreturn", "\u001b[2J\u001b]0;owned\u0007", "\u009b31mc1", "\u007fdelete", "\u0001start", "invoice\u202efdp.exe", "\u2066isolated", "zero\u200bwidth\ufeff",
  "line\u2028separator", "-rf", "--help", "=cmd|' -C calc'!A0", "@SUM(1+1)", "+1", "\n=1+1", "quote\"'`$(id)", "<script>alert(1)<", "<img src=x onerror=alert(1)>", "..hidden", "...", "a..b",
  "comma,semicolon;", "percent%2e%2e%2f", "question?hash#&", "plus + space ", " leading", "caf\u00e9", "cafe\u0301", "\u{1f600}\u200d\u{1f525}", "n".repeat(200), "__proto__", "constructor",
];
const LONG = Array.from({ length: 5 }, () => "d".repeat(220)).join("/"); // More than a key can have.

/** What a terminal obeys, or what turns a line around. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** RFC 4180. @param {string} text */
function csv(text) {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)].map(([, quoted, plain, end]) => ({ cell: quoted?.replaceAll('""', '"') ?? plain ?? "", end }));
  /** @type {string[][]} */
  const rows = [[]];
  for (const { cell, end } of cells) {
    rows.at(-1)?.push(cell);
    if (end !== ",") rows.push([]);
  }
  assert.equal(cells.reduce((length, { cell, end }) => length + cell.length + end.length, 0) > 0, true);
  return rows.slice(0, -1);
}

describe("hostile names of files", { skip: skip || needsStorage }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startStorage>>} */
  let storage;
  /** @type {import("./harness.js").Server} */
  let server;
  const state = newState();
  const [source, bucket, logs] = [join(state, "source"), join(state, "data", "names"), join(state, "logs")];
  before(async () => {
    for (const folder of [bucket, join(source, LONG)]) mkdirSync(folder, { recursive: true });
    for (const name of GOOD) writeFileSync(join(source, name), name);
    writeFileSync(Buffer.concat([Buffer.from(join(source, "no")), Buffer.from([0x9b, 0xff, 0x2e, 0x74])]), "not UTF-8");
    writeFileSync(join(source, LONG, "too long"), "");
    writeFileSync(join(state, "credentials"), `[default]\naws_access_key_id = ${KEY}\naws_secret_access_key = ${SECRET}\n`, { mode: 0o600 });
    storage = await startStorage(state);
    writeFileSync(join(state, "s3.yaml"), `s3: {settleSeconds: 0, maxRecent: 50, jobs: {names: {source: "${source}", bucket: names, endpoint: "${storage.url}", credentialsFile: "${join(state, "credentials")}"}}}\n`);
    const settings = { XDG_STATE_HOME: state, PULSEBOARD_LOG_FOLDER: logs };
    [browser, server] = await Promise.all([startBrowser(), startServer("0", settings, "--config", join(state, "s3.yaml"))]);
  });
  after(async () => {
    await browser?.close();
    await server?.terminate();
    await storage?.stop();
  });

  const get = async (/** @type {string} */ path) => {
    const answer = await fetch(`${server.url}${path}`);
    assert.equal(answer.status, 200, path);
    return answer.text();
  };

  /** @param {string} id of the run */
  async function lists(id) {
    const path = `api/boards/s3/runs/${id}`;
    const sorted = (/** @type {{ path: string }[]} */ entries) => entries.map((entry) => entry.path).sort();
    assert.deepEqual(sorted(JSON.parse(await get(`${path}/files`)).files.filter((/** @type {any} */ entry) => entry.result === "uploaded")), [...GOOD].sort());
    assert.deepEqual(sorted((await get(`${path}/plan.ndjson`)).trimEnd().split("\n").map((line) => JSON.parse(line))), [...GOOD].sort());
    const rows = csv(await get(`${path}/plan.csv`));
    assert.equal(new Set(rows.map((row) => row.length)).size, 1, "each line has as many cells");
    const cells = rows.slice(1).map(([name = ""]) => name);
    assert.deepEqual(cells.map((cell) => cell.replace(/^'(?=[=+@\t\r\n-])/, "")).sort(), [...GOOD].sort());
    assert.deepEqual(cells.filter((cell) => /^[=+@\t\r\n-]/.test(cell)), [], "no spreadsheet finds a formula");
    assert.match(await get(`${path}/errors.csv`), /notUtf8[^]*keyTooLong|keyTooLong[^]*notUtf8/);
  }

  /** @param {import("playwright-core").Page} page */
  async function shown(page) {
    const names = page.locator(".path-list bdi");
    await soon(async () => assert.equal(await names.count(), GOOD.length + 2, "all files, and two errors"));
    const texts = await names.allInnerTexts();
    assert.deepEqual(texts.filter((text) => OBEYED.test(text.replaceAll("\u200d", ""))), [], "each sign is to be seen");
    assert.ok(texts.includes("invoice\ufffdfdp.exe") && texts.includes("line\u240abreak.txt"), texts.join("\n"));
    assert.equal(await page.locator(".s3-job :is(script, img)").count(), 0);
    await page.setViewportSize({ width: 390, height: 900 });
    await soon(async () => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "a long name makes the page no wider"));
  }

  test("noneIsObeyedByPageListsMetricsLogAndTerminal", async () => {
    const { page, faults } = await newPage(browser);
    await page.goto(`${server.url}#/boards/s3`);
    await connectionIs(page, "live");
    await page.getByRole("button", { name: "Start: names" }).click();
    await page.locator('.s3-job[data-phase="failed"]').waitFor();
    assert.deepEqual(readdirSync(bucket).sort(), [...GOOD].sort());
    const { runs } = JSON.parse(await get("api/boards/s3/runs"));
    await lists(runs[0].id);
    await shown(page);
    assert.deepEqual(serious(faults), []);
    const metrics = await get("metrics");
    assert.match(metrics, /pulseboard_s3_run_files_uploaded\{job="names"\} \d\d\n/);
    assert.deepEqual(metrics.trimEnd().split("\n").filter((line) => !/^(# .*|[a-z_][\w:]*(\{.*\})? [-+.\deEInfNa]+)$/.test(line)), []);
    for (const log of [...readdirSync(logs).map((name) => join(logs, name)), ...Object.values(engineLogs())]) {
      assert.deepEqual(readFileSync(log, "utf8").split("\n").filter((line) => OBEYED.test(line.replaceAll("\t", ""))), [], log);
    }
    terminal();
  });

  /** What the engine said, if anything. */
  function engineLogs() {
    return readdirSync(state, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".log") && !name.startsWith("source")).map((name) => join(state, name));
  }

  /** As a person has it, or gives it on to another program. */
  function terminal() {
    const settings = { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: SECRET, LC_ALL: "C.UTF-8", PULSEBOARD_S3_SETTLE_SECONDS: "0" };
    const words = ["s3", "run", "--source", source, "--bucket", "names", "--prefix", "other/", "--endpoint", storage.url];
    for (const how of [["--dry-run"], ["--json"], ["--display", "plain"]]) {
      const said = saidBy([...words, ...how], settings);
      assert.deepEqual(said.split("\n").filter((line) => OBEYED.test(line)), [], how.join(" "));
      if (how[0] === "--dry-run") {
        const paths = said.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line).path);
        assert.deepEqual(paths.sort(), [...GOOD].sort(), "and what is told is the name all the same");
      }
    }
  }
});
