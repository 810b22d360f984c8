// The streaming lab in the real program: five nodes, two players whose pictures are seen, a node that is killed, and decisions that are executed.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessibilityFaults, connectionIs, newPage, serious, skip, soon, startBrowser, startProgram } from "./harness.js";

const program = (process.env.SERVER_COMMAND ?? "java -jar target/pulseboard.jar").split(" ");

describe("the streaming lab", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "pulseboard-lab-page-"));
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let demo;
  before(async () => {
    browser = await startBrowser();
    demo = await startProgram([...program, "lab", "demo", "--port", "0", "--folder", folder], { LC_ALL: "C.UTF-8" });
  });
  after(async () => {
    await browser?.close();
    await demo?.terminate(); // It ends its children, which a kill would leave.
    rmSync(folder, { recursive: true, force: true });
  });

  const board = async (/** @type {string} */ name) => (await (await fetch(`${demo.url}api/boards/${name}`)).json()).state;
  const open = async (/** @type {string} */ name) => {
    await soon(async () => assert.equal((await board("lab")).phase, "ready"));
    const { page, faults } = await newPage(browser);
    await page.goto(`${demo.url}#/boards/${name}`);
    await connectionIs(page, "live");
    return { page, faults };
  };
  /** Where each picture is, in seconds. @param {import("playwright-core").Page} page @returns {Promise<number[]>} */
  const positions = (page) => page.locator("video").evaluateAll((all) => all.map((one) => /** @type {any} */ (one).currentTime));
  /** All pictures go on from there. @param {import("playwright-core").Page} page */
  const goesOn = async (page) => {
    const from = await soon(async () => {
      const now = await positions(page);
      assert.equal(now.length, 2);
      return now;
    });
    await soon(async () => assert.deepEqual((await positions(page)).map((now, n) => now > (from[n] ?? 0) + 2), [true, true]));
  };

  test("picturesGoOnWhileANodeIsKilledAndStartedAgain", async () => {
    const { page, faults } = await open("lab");
    try {
      await goesOn(page);
      await soon(async () => assert.deepEqual(await accessibilityFaults(page), []));
      await page.getByRole("button", { name: "Kill n2" }).click();
      await soon(async () => assert.equal((await board("lab")).nodes.n2.status, "down"));
      await page.getByText("n/a, because it does not answer").waitFor();
      await goesOn(page);
      await page.getByRole("button", { name: "Start n2" }).click();
      await soon(async () => assert.equal((await board("lab")).nodes.n2.status, "healthy"));
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("videoIsKeptAsCopiesWhenThatIsChosen", async () => {
    const { page, faults } = await open("lab");
    try {
      const storage = page.getByRole("region", { name: "Storage" });
      await storage.getByText(/of videos take .* on the disks/).waitFor();
      await storage.getByText(/30 in fragments, 3 as copies/).waitFor();
      await storage.getByLabel("How clip is kept").selectOption("replicated");
      await soon(async () => assert.equal((await board("lab")).redundancy.clip.choice, "replicated"));
      await storage.getByText(/chunks: 33 as copies/).waitFor();
      await page.getByRole("region", { name: "Targets", exact: true }).getByRole("row", { name: /^start-up below 2 s/ }).waitFor();
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("benchmarkShowsWhatWasMeasuredAndOnlyOneRunsAtATime", async () => {
    const { page, faults } = await open("lab");
    try {
      const begin = () => fetch(`${demo.url}api/boards/lab/actions/bench`, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ tests: "node_response" }),
      });
      assert.equal((await begin()).status, 200);
      assert.equal((await (await begin()).json()).error, "already_running");
      const line = page.locator("section", { hasText: "Benchmarks" }).locator("li", { hasText: "last byte" });
      await line.getByText("1,000 samples").waitFor({ timeout: 120_000 });
      const { lines } = (await board("lab")).bench;
      assert.deepEqual(Object.keys(lines), ["6"]);
      assert.ok(lines[6].value > 0);
      assert.equal(lines[6].samples, 1000);
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("comparisonIsPlayedBesideItsControl", async () => {
    const { page, faults } = await open("lab");
    try {
      await page.getByRole("button", { name: "Compare" }).click();
      const table = page.getByRole("region", { name: "What the first scheduler gains" });
      await table.getByRole("rowheader", { name: "control: round robin beside itself, chaos" }).waitFor({ timeout: 120_000 });
      const { scenarios } = (await board("lab")).comparison;
      const { wins, ties, losses, verdict } = scenarios.degradation.megabitsPerSecond;
      assert.deepEqual([wins + ties + losses, verdict], [200, "better"]);
      await table.getByRole("row", { name: /^degradation/ }).getByText(/^better: \+1\d\d$/).waitFor();
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("twoUploadersAreExecutedAndTheSecondLearnsThatItLost", async () => {
    const { page, faults } = await open("consensus");
    try {
      await page.getByRole("button", { name: "two uploaders" }).click();
      const runs = () => soon(async () => {
        const all = Object.entries((await board("consensus")).runs).filter(([, head]) => /** @type {any} */ (head).scenario === "two_uploaders");
        assert.equal(all.length, 1);
        return all;
      });
      const [id] = (await runs())[0] ?? [""];
      await soon(async () => { // It is listed when it begins.
        const { record } = await (await fetch(`${demo.url}api/boards/consensus/runs/${id}`)).json();
        const ends = record.filter((/** @type {any} */ message) => message.kind === "END").map((/** @type {any} */ { from, outcome }) => `${from} ${outcome}`).sort();
        assert.deepEqual(ends, ["uploader-1 won", "uploader-2 lost"]);
      });
      await page.getByRole("button", { name: `Replay ${id}` }).waitFor();
      await soon(async () => assert.deepEqual(await accessibilityFaults(page), []));
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });
});
