// The page of the board s3: a real run of the real engine to a real server, s3proxy ("make peers" brings it).
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessibilityFaults, connectionIs, newPage, newState, repository, serious, skip, soon, startBrowser, startServer } from "./harness.js";
import { KEY, needsStorage, SECRET, startStorage } from "./s3-storage.js";

/** For people to look at. */
const PICTURES = `${repository}target/pictures/`;
const FILES = 40;
const FILE_BYTES = 5_000;

describe("the page of S3", { skip: skip || needsStorage }, () => {
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
    assert.equal(await card.locator(".s3-figures, .chart, [role=progressbar]").locator("visible=true").count(), 0, "there is nothing to be shown");
    assert.doesNotMatch(await card.innerText(), /n\/a/);
    await card.getByRole("button", { name: "Start: photos" }).click();
    await phase("uploading");
    await card.locator("li", { hasText: /<b>film\.mp4.*part \d of 3/ }).first().waitFor();
    assert.equal(await card.locator("li b").count(), 0);
    await card.locator("dd", { hasText: /^about \d+\smin, until / }).waitFor();
    const limit = card.getByLabel("Limit");
    await soon(async () => assert.equal(await limit.inputValue(), "100000"));
    await card.getByLabel("Requests at once").selectOption("2");
    await card.locator("dd", { hasText: /of 2 requests at once|, 2 once some are through/ }).waitFor();
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
