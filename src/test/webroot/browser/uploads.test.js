// The page of uploads with a real session: Pulseboard, its worker, rclone, and a WebDAV server.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createInterface } from "node:readline";
import { accessibilityFaults, connectionIs, newPage, repository, serious, skip, startBrowser, startServer } from "./harness.js";

const newest = `${repository}target/peers/newer-rclone/usr/bin/rclone`;
const rclone = existsSync(newest) ? newest : `${repository}target/peers/usr/bin/rclone`;
if (rclone !== newest) console.error("pulseboard: NOT TESTED with the newest rclone, which is missing");
const lacking = !process.env.CI && !existsSync(rclone) && `${rclone} is missing; "make peers" unpacks it there`;
const HOSTILE = "<b>bold & 'quoted'.txt";

describe("the page of uploads", { skip: skip || lacking }, () => {
  const folder = mkdtempSync(join(tmpdir(), "pulseboard-uploads-"));
  const source = join(folder, "source");
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  /** @type {import("node:child_process").ChildProcess} */
  let dav;
  before(async () => {
    mkdirSync(source);
    mkdirSync(join(folder, "there"));
    for (const [name, size] of /** @type {[string, number][]} */ ([[HOSTILE, 1_000], ["film.mkv", 2_000_000], ["too large.mkv", 9_500_000]])) {
      writeFileSync(join(source, name), Buffer.alloc(size, name));
      utimesSync(join(source, name), 1e9, 1e9);
    }
    dav = spawn(rclone, ["serve", "webdav", join(folder, "there"), "--addr", "127.0.0.1:0", "--user", "me", "--pass", "secret", "--config", "/dev/null"], { stdio: ["ignore", "ignore", "pipe"] });
    const remote = await listening();
    const pass = execFileSync(rclone, ["obscure", "secret"], { encoding: "utf8" }).trim();
    writeFileSync(join(folder, "rclone.conf"), `[dav]\ntype = webdav\nurl = ${remote}\nvendor = other\nuser = me\npass = ${pass}\n`);
    const uploads = {
      folder: join(folder, "state"), rclone, rcloneConfig: join(folder, "rclone.conf"), settleSeconds: 0, pollMilliseconds: 100, quotaBytes: "2100 KB",
      timetable: ["00:00 1500 KB"], attached: { other: { url: "http://127.0.0.1:1/" } }, uploaders: { media: { source, target: "dav:in" } },
    };
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ uploads }));
    server = await startServer("0", { LC_ALL: "C.UTF-8" }, "--config", join(folder, "settings.json"));
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.terminate(); // Its worker and rclone end with it.
    dav?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  async function listening() {
    for await (const line of createInterface({ input: /** @type {import("node:stream").Readable} */ (dav.stderr) })) {
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(line);
      if (!url) continue;
      dav.stderr?.resume();
      return url[0];
    }
    throw new Error("rclone serves nothing");
  }

  test("aSessionIsBegunFollowedAndFoundAgainAmongThePast", async () => {
    const { page, faults } = await newPage(browser);
    await page.goto(`${server.url}#/boards/uploads`);
    await connectionIs(page, "live");
    const card = page.locator(".uploads-card").first();
    const foreign = page.locator(".uploads-card", { hasText: "watches the rclone at http://127.0.0.1:1/" });
    await foreign.getByText("Nobody listens there").waitFor();
    assert.equal(await foreign.getByRole("button").locator("visible=true").count(), 0, "it is never commanded");
    await card.getByText("too large.mkv (9.1\u202fMiB) is larger than any account takes").waitFor();
    await card.getByText("No active upload session; the next one begins when 200\u202fGB wait").waitFor();
    await card.getByText("by the timetable").waitFor();
    assert.doesNotMatch(await card.innerText(), /n\/a/, "what is not known is not shown");
    await card.getByLabel("Limit").selectOption("1048576");
    await card.getByText("1.0\u202fMiB/s at most, by an operator").waitFor();
    assert.equal(await card.getByLabel("Limit").inputValue(), "1048576");
    await card.getByRole("button", { name: "Start: media" }).click();
    await card.getByText("film.mkv").first().waitFor();
    await page.locator('.uploads-card[data-phase="done"]').waitFor({ timeout: 60_000 });
    await card.getByText("100\u202f%: 2 of 2 files").waitFor();
    await page.locator(".uploads-accounts").getByText("2.0\u202fMB of 2.1\u202fMB").waitFor();
    const tones = await page.locator('.uploads-accounts .bar-row[data-state="critical"] .bar-part').evaluateAll((parts) => parts.map((part) => {
      const row = part.closest(".bar-row");
      return [part, row].map((each) => each && getComputedStyle(each).getPropertyValue("--tone"));
    }));
    assert.equal(tones.length, 1);
    assert.equal(tones[0]?.[0], tones[0]?.[1], "a bar that is nearly full looks so");
    await page.getByText("0 of 1 can take something now, 0\u202fB in all").waitFor();
    await card.getByText(/^took .*; by 1 account$/).waitFor();
    await page.locator(".uploads-accounts").getByText(/given back by .* \(in about 24\s?hours\)/).waitFor();
    await page.locator("summary", { hasText: "Files of these sessions" }).click();
    const files = page.locator("details.uploads-past").nth(1);
    await files.getByText(HOSTILE).waitFor();
    assert.equal(await page.locator(".uploads-past b, .uploads-card b").count(), 0, "names are text");
    await page.locator("summary", { hasText: "Sessions that have ended" }).click();
    await page.locator("details.uploads-past").first().locator("tbody tr", { hasText: "media" }).waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    assert.deepEqual(serious(faults), []);
    await page.close();
  });
});
