// Machines as they were recorded (record-machines.js) on the page as it is: what is wrong is in the first sentence and on its card; where nothing is, the page says so.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { repository, skip, startBrowser } from "./harness.js";

const FOLDER = `${repository}src/test/resources/recorded/machines/`;
/** @type {{ name: string, rule?: string, verdict: string, boards: Record<string, any> }[]} */
const machines = readdirSync(FOLDER).sort().map((file) => JSON.parse(readFileSync(FOLDER + file, "utf8")));
/** Which card speaks of it; a machine that is lost has none here. @type {Record<string, string>} */
const CARDS = {
  "filesystem-full": ".filesystems", "inodes-used-up": ".filesystems", "mount-hangs": ".filesystems", "read-only": ".filesystems", "cpu-saturated": ".pressure", "container-memory": ".container",
  "near-its-limit": ".sensors", "battery-low": ".sensors",
};

describe("recorded machines", { skip }, () => {
  /** @type {{ url: string, stop: () => void }} */
  let modules;
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    [modules, browser] = await Promise.all([startModules(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    modules?.stop();
  });

  test("thereAreTenSickAndTenHealthyOnes", () => {
    assert.equal(machines.filter(({ rule }) => rule).length, 10);
    assert.equal(machines.filter(({ rule }) => !rule).length, 10);
  });

  for (const { name, rule, verdict, boards } of machines) {
    test(`sentenceAndCardSayWhatIsTheMatter ${name}`, async () => {
      const { page, faults } = await openBoard(browser, modules.url, boards);
      const line = page.locator(".verdict");
      await line.waitFor();
      const said = await line.innerText();
      if (rule) assert.ok(said.replace(/\s+/g, " ").includes(verdict.replace(/\s+/g, " ").replace(/\.$/, "")), said);
      else assert.match(said, /All is well/);
      const card = rule && CARDS[rule];
      if (card) assert.match(await page.locator(card).innerText(), /critical|warning/);
      if (!rule) assert.equal(await page.locator(".card").filter({ hasText: /\bcritical\b|\bwarning\b/ }).count(), 0);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
});
