// Makes the pictures of README: "make pictures". A still of the page, and a film of figures that move.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectionIs, newPage, repository, startBrowser, startServer } from "./browser/harness.js";

/** Long enough for the curves to be there. */
const BEFORE_MS = 45_000;
const FRAMES = 24;
const APART_MS = 500;
const SIZE = { width: 1280, height: 900 };
const packaging = `${repository}src/main/packaging/`;

const folder = mkdtempSync(join(tmpdir(), "pulseboard-film-"));
const browser = await startBrowser();
const server = await startServer();
try {
  const { page } = await newPage(browser, { viewport: SIZE, colorScheme: "dark" });
  await page.goto(server.url);
  await connectionIs(page, "live");
  await page.waitForTimeout(BEFORE_MS);
  const files = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    const begun = Date.now();
    files.push(join(folder, `${String(frame).padStart(3, "0")}.png`));
    await page.screenshot({ path: files.at(-1) });
    await page.waitForTimeout(Math.max(0, APART_MS - (Date.now() - begun)));
  }
  // Debian's package webp. Each frame holds only what is other than in the one before.
  execFileSync("img2webp", ["-loop", "0", "-min_size", "-lossy", "-q", "55", "-m", "4", "-d", String(APART_MS), ...files,
    "-o", `${packaging}film.webp`], { stdio: ["ignore", "ignore", "inherit"] });
  const still = await newPage(browser, { viewport: SIZE, colorScheme: "light" });
  await still.page.goto(server.url);
  await connectionIs(still.page, "live");
  await still.page.waitForTimeout(BEFORE_MS);
  await still.page.screenshot({ path: `${packaging}screenshot.png`, fullPage: true });
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
