// Makes the pictures of docs/boards: "make pictures". Each shows the real program at real work: nothing in them is made up.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connectionIs, newPage, repository, startBrowser, startProgram, startServer } from "./browser/harness.js";
import { KEY, SECRET, startStorage } from "./browser/s3-storage.js";

const PICTURES = `${repository}docs/pictures/`;
const SIZE = { width: 1280, height: 900 };
const MIB = 1 << 20;
const newest = `${repository}target/peers/newer-rclone/usr/bin/rclone`;
const rclone = existsSync(newest) ? newest : `${repository}target/peers/usr/bin/rclone`;
const program = (process.env.SERVER_COMMAND ?? "java -jar target/pulseboard.jar").split(" ");
const browser = await startBrowser();

/** @param {string} url @param {string} board @param {string} name @param {(page: import("playwright-core").Page) => Promise<unknown>} ready */
async function picture(url, board, name, ready) {
  const { page } = await newPage(browser, { viewport: SIZE, colorScheme: "light" });
  await page.goto(`${url}#/boards/${board}`);
  await connectionIs(page, "live");
  await ready(page);
  const file = join(tmpdir(), `${name}.png`);
  await page.screenshot({ path: file });
  execFileSync("cwebp", ["-quiet", "-q", "70", "-m", "6", file, "-o", `${PICTURES}${name}.webp`]); // Debian's package webp.
  rmSync(file);
  await page.close();
}

/** @param {string} folder @param {[name: string, bytes: number][]} files */
function fill(folder, files) {
  for (const [name, bytes] of files) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), randomBytes(bytes));
  }
}

/** @param {import("node:child_process").ChildProcess} child */
async function addressOf(child) {
  for await (const line of createInterface({ input: /** @type {import("node:stream").Readable} */ (child.stderr) })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0];
    if (url) return child.stderr?.resume(), url;
  }
  throw new Error("rclone serves nothing");
}

/** Three accounts take a queue in turns. @param {string} folder */
async function uploads(folder) {
  fill(join(folder, "media"), Array.from({ length: 40 }, (_, number) => [`Series/Season ${1 + number % 3}/Episode ${number + 1}.mkv`, (1 + number % 7) * MIB]));
  mkdirSync(join(folder, "there"));
  const dav = spawn(rclone, ["serve", "webdav", join(folder, "there"), "--addr", "127.0.0.1:0", "--config", "/dev/null"], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await addressOf(dav);
  writeFileSync(join(folder, "rclone.conf"), ["first", "second", "third"].map((name) => `[${name}]\ntype = webdav\nurl = ${url}\nvendor = other\n`).join("\n"));
  const media = { source: join(folder, "media"), target: "any:in", accounts: ["first:", "second:", "third:"], transfers: 3 };
  const settings = { folder: join(folder, "state"), rclone, rcloneConfig: join(folder, "rclone.conf"), settleSeconds: 0, quotaBytes: "60 MB", timetable: ["00:00 2 MB"], uploaders: { media } };
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ uploads: settings }));
  const server = await startServer("0", { LC_ALL: "C.UTF-8" }, "--config", join(folder, "settings.json"));
  try {
    await picture(server.url, "uploads", "uploads", async (page) => {
      await page.getByRole("button", { name: "Start: media" }).click();
      await page.locator('.uploads-card[data-phase="uploading"]').waitFor();
      await page.waitForTimeout(40_000); // The first account is used up by then.
    });
  } finally {
    await server.terminate();
    dav.kill("SIGKILL");
  }
}

/** A folder of photos and two films on their way to a real S3 server. @param {string} folder */
async function s3(folder) {
  fill(join(folder, "Photos"), [...Array.from({ length: 300 }, (_, number) => /** @type {[string, number]} */ ([`2026/${String(1 + number % 12).padStart(2, "0")}/img_${number}.jpg`, 200_000])), ["2026/summer.mp4", 60 * MIB], ["2026/winter.mp4", 40 * MIB]]);
  mkdirSync(join(folder, "data", "photos"), { recursive: true });
  writeFileSync(join(folder, "credentials"), `[default]\naws_access_key_id = ${KEY}\naws_secret_access_key = ${SECRET}\n`, { mode: 0o600 });
  const storage = await startStorage(folder);
  const job = { source: join(folder, "Photos"), bucket: "photos", endpoint: storage.url, credentialsFile: join(folder, "credentials"), limitBytesPerSecond: 3_000_000 };
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ s3: { settleSeconds: 0, jobs: { photos: job } } }));
  const server = await startServer("0", { XDG_STATE_HOME: folder }, "--config", join(folder, "settings.json"));
  try {
    await picture(server.url, "s3", "s3", async (page) => {
      await page.getByRole("button", { name: "Start: photos" }).click();
      await page.locator('.s3-job[data-phase="uploading"]').waitFor();
      await page.waitForTimeout(25_000);
    });
  } finally {
    await server.terminate();
    await storage.stop();
  }
}

/** Three machines, one of which is given files. @param {string} folder */
async function sync(folder) {
  const demo = await startProgram([...program, "sync", "demo", "--quiet", "--folder", folder], { LC_ALL: "C.UTF-8" });
  try {
    fill(join(folder, "machine1"), Array.from({ length: 30 }, (_, number) => [`projects/report ${number + 1}.odt`, 40_000 * (1 + number % 9)]));
    await picture(demo.url, "sync", "sync", async (page) => {
      await page.getByText("3 of 3").waitFor();
      await page.waitForTimeout(15_000);
      await page.getByRole("tab", { name: "Topology" }).click();
      await page.waitForTimeout(3_000);
    });
  } finally {
    await demo.terminate();
  }
}

/** Two players side by side. @param {string} folder */
async function lab(folder) {
  const demo = await startProgram([...program, "lab", "demo", "--port", "0", "--folder", folder], { LC_ALL: "C.UTF-8" });
  try {
    await picture(demo.url, "lab", "lab", (page) => page.locator("video").nth(1).waitFor().then(() => page.waitForTimeout(45_000)));
  } finally {
    await demo.terminate();
  }
}

mkdirSync(PICTURES, { recursive: true });
const all = { uploads, s3, sync, lab };
try {
  for (const [name, make] of Object.entries(all).filter(([one]) => process.argv.length < 3 || process.argv.includes(one))) {
    const folder = mkdtempSync(join(tmpdir(), `pulseboard-${name}-`));
    await make(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
  }
} finally {
  await browser.close();
}
