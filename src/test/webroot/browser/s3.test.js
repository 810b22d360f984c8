// The page of the board s3: a real run of the real engine to a real server, s3proxy ("make peers" brings it).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { accessibilityFaults, connectionIs, newPage, newState, repository, serious, skip, soon, startBrowser, startServer } from "./harness.js";

/** For people to look at. */
const PICTURES = `${repository}target/pictures/`;
const LIBRARIES = `${repository}target/peers/s3proxy`;
const KEY = "local-identity";
const SECRET = "local-credential";
const LOG = `<configuration><appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%logger %msg%n</pattern></encoder></appender>
  <logger name="org.gaul.shaded.org.eclipse.jetty.server.AbstractConnector" level="INFO"/><root level="WARN"><appender-ref ref="out"/></root></configuration>`;
const FILES = 40;
const FILE_BYTES = 5_000;

/** @param {string} folder @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
async function startStorage(folder) {
  const settings = join(folder, "s3proxy.properties");
  writeFileSync(settings, `s3proxy.authorization=aws-v2-or-v4\ns3proxy.identity=${KEY}\ns3proxy.credential=${SECRET}
s3proxy.endpoint=http://127.0.0.1:0\njclouds.provider=filesystem-nio2\njclouds.filesystem.basedir=${join(folder, "data")}\n`);
  writeFileSync(join(folder, "logback.xml"), LOG);
  const child = spawn("java", ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", `-Dlogback.configurationFile=${join(folder, "logback.xml")}`,
    "-cp", `${LIBRARIES}/*`, "org.gaul.s3proxy.Main", "--properties", settings], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /ServerConnector.*\{127\.0\.0\.1:(\d+)\}/.exec(line)?.[1];
    if (!port) continue;
    child.stdout.resume(); // A full pipe would stop it.
    return { url: `http://127.0.0.1:${port}`, stop };
  }
  throw new Error("s3proxy does not start");
}

describe("the page of S3", { skip: skip || (!process.env.CI && !existsSync(LIBRARIES) && `${LIBRARIES} is not there`) }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startStorage>>} */
  let storage;
  /** @type {import("./harness.js").Server} */
  let server;
  const state = newState();
  const bucket = join(state, "data", "photos");
  before(async () => {
    for (const folder of [PICTURES, bucket, join(state, "Pictures", "2026")]) mkdirSync(folder, { recursive: true });
    for (let number = 0; number < FILES; number++) writeFileSync(join(state, "Pictures", "2026", `img_${number}.jpg`), randomBytes(FILE_BYTES));
    writeFileSync(join(state, "Pictures", "<b>film.mp4"), randomBytes(20_000_000)); // In parts, and with a name that is no markup.
    writeFileSync(join(state, "credentials"), `[default]\naws_access_key_id = ${KEY}\naws_secret_access_key = ${SECRET}\n`, { mode: 0o600 });
    storage = await startStorage(state);
    writeFileSync(join(state, "s3.yaml"), `s3:
  settleSeconds: 0
  jobs:
    photos: {source: "${join(state, "Pictures")}", bucket: photos, endpoint: "${storage.url}", credentialsFile: "${join(state, "credentials")}", limitBytesPerSecond: 100000, symlinks: fail}
`);
    [browser, server] = await Promise.all([startBrowser(), startServer("0", { XDG_STATE_HOME: state }, "--config", join(state, "s3.yaml"))]);
  });
  after(async () => {
    await browser?.close();
    await server?.terminate();
    await storage?.stop();
  });

  /** In all the ways that people look at it. @param {import("playwright-core").Page} page @param {string} name */
  async function pictures(page, name) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: `${PICTURES}s3-${name}-${colorScheme}-${width}.png`, fullPage: true });
        await soon(async () => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `it is wider than ${width}`));
      }
    }
  }

  test("aRunIsStartedChangedAndSeenToItsEnd", async () => {
    const { page, faults } = await newPage(browser);
    await page.goto(`${server.url}#/boards/s3`);
    await connectionIs(page, "live");
    const card = page.locator(".s3-job");
    const phase = (/** @type {string} */ word) => page.locator(`.s3-job[data-phase="${word}"]`).waitFor();
    await phase("idle");
    await card.getByText("No run yet.").waitFor();
    await card.getByRole("button", { name: "Start: photos" }).click();
    await phase("uploading");
    await card.locator("li", { hasText: /<b>film\.mp4.*part \d of 3/ }).first().waitFor();
    assert.equal(await card.locator("li b").count(), 0);
    await card.locator("dd", { hasText: /^about \d+\smin$/ }).waitFor();
    const limit = card.getByLabel("Limit");
    await soon(async () => assert.equal(await limit.inputValue(), "100000"));
    await card.getByLabel("Requests at once").selectOption("2");
    await card.locator("dd", { hasText: "of 2 requests at once" }).waitFor();
    await pictures(page, "running");
    assert.deepEqual(await accessibilityFaults(page), []);
    await limit.selectOption({ label: "250\u202fMiB/s" });
    await phase("done");
    await soon(async () => assert.match(await card.locator(".s3-progress").innerText(), /^100.%: 41 of 41 files sent and verified, 19.MiB of 19.MiB$/));
    await card.getByLabel("Limit").waitFor({ state: "hidden" });
    assert.deepEqual(readdirSync(bucket).sort(), ["2026", "<b>film.mp4"]);
    assert.equal(readdirSync(join(bucket, "2026")).length, FILES);
    await page.locator(".s3-runs summary").click();
    await page.locator(".s3-runs tbody tr", { hasText: "41, 19" }).waitFor();
    await card.locator(".s3-kinds summary").click();
    await card.locator(".s3-kinds", { hasText: "mp4" }).waitFor();
    await pictures(page, "done");
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(serious(faults), []);
  });

  test("whatFailedIsRunAgainByAButtonThatIsThereOnlyThen", async () => {
    const { page, faults } = await newPage(browser);
    await page.goto(`${server.url}#/boards/s3`);
    await connectionIs(page, "live");
    const card = page.locator(".s3-job");
    const retry = card.getByRole("button", { name: "Retry failed: photos" });
    await card.getByRole("button", { name: "Start: photos" }).waitFor();
    assert.equal(await retry.count(), 0);
    const link = join(state, "Pictures", "late.jpg");
    symlinkSync("2026", link);
    await card.getByRole("button", { name: "Start: photos" }).click();
    await page.locator('.s3-job[data-phase="failed"]').waitFor();
    await retry.waitFor();
    rmSync(link);
    writeFileSync(link, randomBytes(FILE_BYTES));
    await retry.click();
    await card.locator(".s3-phase", { hasText: "done (only what failed before)" }).waitFor();
    await retry.waitFor({ state: "hidden" });
    assert.deepEqual(readdirSync(bucket).sort(), ["2026", "<b>film.mp4", "late.jpg"]);
    assert.deepEqual(serious(faults), []);
  });
});
