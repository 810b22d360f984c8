// File sync in the real program: a coordinator and three agents with real folders, and people who look and decide.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessibilityFaults, connectionIs, newPage, serious, skip, soon, startBrowser, startProgram } from "./harness.js";

const program = (process.env.SERVER_COMMAND ?? "java -jar target/pulseboard.jar").split(" ");
const TABS = ["Overview", "Topology", "Clocks", "Delta", "Conflicts", "Monitor", "Files", "Performance"];

describe("file sync", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "pulseboard-sync-page-"));
  const file = (/** @type {number} */ machine, /** @type {string} */ name) => join(folder, `machine${machine}`, name);
  const text = (/** @type {number} */ machine, /** @type {string} */ name) => existsSync(file(machine, name)) ? readFileSync(file(machine, name), "utf8") : undefined;
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let demo;
  before(async () => {
    browser = await startBrowser();
    demo = await startProgram([...program, "sync", "demo", "--quiet", "--folder", folder], { LC_ALL: "C.UTF-8" });
  });
  after(async () => {
    await browser?.close();
    await demo?.terminate(); // It ends its children, which a kill would leave.
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (/** @type {string} */ tab) => {
    const { page, faults } = await newPage(browser);
    await page.goto(`${demo.url}#/boards/sync`);
    await connectionIs(page, "live");
    await page.getByRole("tab", { name: tab }).click();
    return { page, faults };
  };
  /** On all machines. @param {string} name @param {string} wanted */
  const comes = (name, wanted) => soon(async () => assert.deepEqual([1, 2, 3].map((machine) => text(machine, name)), [wanted, wanted, wanted]));

  test("eachTabShowsWhatThereIsAndIsAccessible", async () => {
    writeFileSync(file(1, "first.txt"), "first");
    await comes("first.txt", "first");
    const { page, faults } = await open("Overview");
    try {
      await page.getByText("3 of 3").waitFor();
      for (const tab of TABS) {
        await page.getByRole("tab", { name: tab }).click();
        await page.getByRole("tabpanel", { name: tab }).locator("h2").first().waitFor();
        await soon(async () => assert.deepEqual(await accessibilityFaults(page), [], tab));
      }
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("fileThatIsDroppedIsListedAndAnOldVersionComesBack", async () => {
    writeFileSync(file(1, "<b>note.txt"), "one");
    await comes("<b>note.txt", "one");
    writeFileSync(file(1, "<b>note.txt"), "two");
    await comes("<b>note.txt", "two");
    const { page, faults } = await open("Files");
    try {
      const row = page.getByRole("button", { name: "<b>note.txt" });
      const restore = page.getByRole("button", { name: /^Restore <b>note.txt/ });
      await soon(async () => { // What was replaced is kept ten seconds after that.
        await row.click();
        await page.locator("dialog .sync-versions li, dialog p", { hasText: /until|No old version/ }).first().waitFor();
        const isThere = await restore.first().isVisible();
        if (!isThere) await page.keyboard.press("Escape");
        assert.ok(isThere);
      });
      await restore.first().click();
      await comes("<b>note.txt", "one");
      const address = await page.getByRole("link", { name: "Download it as it is now" }).getAttribute("href");
      await soon(async () => assert.equal(await (await fetch(demo.url + address)).text(), "one"));
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("conflictIsShownAndDecided", async () => {
    const { page, faults } = await open("Conflicts");
    try {
      await page.getByText("None waits for a decision.").waitFor();
      writeFileSync(file(1, "plan.txt"), "of one");
      writeFileSync(file(2, "plan.txt"), "of two");
      await page.getByText(/: plan\.txt/).waitFor();
      await page.getByRole("button", { name: /^Keep the first/ }).click();
      await page.getByText("None waits for a decision.").waitFor();
      await soon(async () => {
        const plans = [1, 2, 3].map((machine) => readdirSync(join(folder, `machine${machine}`)).filter((name) => name.startsWith("plan")));
        assert.deepEqual(plans, [["plan.txt"], ["plan.txt"], ["plan.txt"]]);
        assert.equal(new Set([1, 2, 3].map((machine) => text(machine, "plan.txt"))).size, 1);
      });
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });
});
