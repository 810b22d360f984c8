// A board of a new kind, in the real program: its page is one folder and one line, and without them it is shown all the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, repository, serious, skip, soon, startBrowser, startProgram } from "./harness.js";

const classes = `${repository}target/test-classes`;
const lacking = !process.env.CI && !existsSync(join(classes, "pulseboard/ToyProgram.class")) && "the tests' own classes are not compiled";
const OWN = "src/test/webroot/boards/toy";
/** The one line of the map. */
const LINE = '  toy: () => import("./toy/board.js"),\n';

describe("a board of a new kind", { skip: skip || lacking }, () => {
  const folder = mkdtempSync(join(tmpdir(), "pulseboard-toy-"));
  const webroot = join(folder, "webroot");
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
    cpSync(`${repository}webroot`, webroot, { recursive: true });
    cpSync(repository + OWN, join(webroot, "boards/toy"), { recursive: true });
    const map = readFileSync(join(webroot, "boards/pages.js"), "utf8");
    writeFileSync(join(webroot, "boards/pages.js"), map.replace(/^ {2}host: .*\n/m, (line) => line + LINE));
    execFileSync("javac", ["-d", folder, `${repository}src/main/packaging/PageBuild.java`]);
    execFileSync("java", ["-cp", folder, "PageBuild", webroot, join(folder, "classes/pulseboard/page")], { stdio: ["ignore", "pipe", "inherit"] });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** With this page instead of the jar's, if there is one. @param {string[]} page */
  const start = (...page) => startProgram(["java", "-cp", [...page, classes, `${repository}target/pulseboard.jar`].join(":"), "pulseboard.ToyProgram", "--port", "0"], { PULSEBOARD_TOY_MOST: "10" });
  /** @param {string} url @param {number} by */
  const count = (url, by) => fetch(`${url}api/boards/toy/actions/add`, { method: "POST", body: JSON.stringify({ by }) });

  test("hasAPageThatIsOneFileAndOneLine", () => {
    const files = (/** @type {string} */ root) => readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
      .map((one) => join(one.parentPath ?? one.path, one.name).slice(root.length + 1)).sort();
    const old = `${repository}webroot`;
    const changed = files(webroot).filter((file) => !existsSync(join(old, file)) || !readFileSync(join(webroot, file)).equals(readFileSync(join(old, file))));
    assert.deepEqual(changed, ["boards/pages.js", "boards/toy/board.js"]);
    const lines = (/** @type {string} */ root) => readFileSync(join(root, "boards/pages.js"), "utf8").split("\n");
    assert.deepEqual(lines(webroot).filter((line) => !lines(old).includes(line)), [LINE.trimEnd()]);
    assert.equal(lines(webroot).length, lines(old).length + 1);
  });

  test("isLoadedWhenItIsOpenedAndKeptByTheBrowser", async () => {
    const server = await start(join(folder, "classes"));
    const { page, faults } = await newPage(browser);
    try {
      /** @type {import("playwright-core").Response[]} */
      const answers = [];
      page.on("response", (answer) => void (/\/boards\/\w+\/board\.js$/.test(answer.url()) && answers.push(answer)));
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator("nav.boards a", { hasText: "Toy" }).waitFor();
      assert.deepEqual(answers, []);
      await page.locator("nav.boards a", { hasText: "Toy" }).press("Enter");
      await page.locator(".toy-count", { hasText: /^0$/ }).waitFor();
      await soon(async () => assert.equal((await count(server.url, 3)).status, 200));
      await page.locator(".toy-count", { hasText: /^3$/ }).waitFor();
      await page.locator("nav.boards a", { hasText: "This machine" }).click();
      await page.locator(".cpu .headline").waitFor();
      await page.goBack();
      await page.locator(".toy-count", { hasText: /^3$/ }).waitFor();
      assert.equal(answers.length, 1);
      const [answer] = answers;
      await soon(async () => assert.equal(await answer?.headerValue("cache-control"), "max-age=31536000, immutable"));
      assert.match(answer?.url() ?? "", /\/assets-[0-9a-f]{16}\/boards\/toy\/board\.js$/);
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
      await server.terminate(); // Its worker with it.
    }
  });

  test("isATreeOfItsValuesWhereThePageDoesNotKnowIt", async () => {
    const server = await start();
    const { page, faults } = await newPage(browser);
    try {
      await page.goto(`${server.url}#/boards/toy`);
      await page.locator(".tree-card li", { hasText: "count0" }).waitFor();
      await soon(async () => assert.equal((await count(server.url, 4)).status, 200));
      await page.locator(".tree-card li", { hasText: "count4" }).waitFor();
      await soon(async () => assert.equal(await page.locator("nav.boards [aria-current]").textContent().then((text) => text?.trim().split(" ")[0]), "Toy"));
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
      await server.terminate(); // Its worker with it.
    }
  });
});
