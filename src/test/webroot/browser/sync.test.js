// File sync in the real program: a coordinator and three agents with real folders, and people who look and decide.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessibilityFaults, connectionIs, newPage, serious, skip, soon, startBrowser, startCommand, startProgram } from "./harness.js";

const program = (process.env.SERVER_COMMAND ?? "java -jar target/pulseboard.jar").split(" ");
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
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

  const open = async (/** @type {string} */ tab, /** @type {import("playwright-core").BrowserContextOptions} */ options = {}) => {
    const { page, faults } = await newPage(browser, options);
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

  /** As a person does it from another window. @param {import("playwright-core").Page} page @param {string} name @param {string} content */
  const drop = async (page, name, content) => {
    const transfer = await page.evaluateHandle(([title, words]) => {
      const files = new DataTransfer();
      files.items.add(new File([words ?? ""], title ?? ""));
      return files;
    }, [name, content]);
    await page.locator(".sync-upload").dispatchEvent("drop", { dataTransfer: transfer });
  };

  test("fileIsPutByDroppingOrChoosingItAndReplacesAnotherOnlyWhenAPersonSaysSo", async () => {
    const { page, faults } = await open("Files");
    try {
      await page.getByLabel("Machine to put files on").selectOption("machine2");
      await drop(page, "<i>put.txt", "one");
      await page.getByText("<i>put.txt: machine2 has it; it comes to all machines.").waitFor();
      await comes("<i>put.txt", "one");
      await page.getByRole("button", { name: "<i>put.txt" }).waitFor();
      await page.getByLabel("Files to put there").setInputFiles({ name: "<i>put.txt", mimeType: "text/plain", buffer: Buffer.from("two, longer") });
      await page.getByText("<i>put.txt is there already: 3 B, last told by machine2.").waitFor();
      await comes("<i>put.txt", "one");
      await page.getByRole("button", { name: /^Replace <i>put/ }).click();
      await page.getByText(/in place of the one before/).waitFor();
      await comes("<i>put.txt", "two, longer");
      await page.getByLabel("Directory to put files into").fill("/new/directory/");
      await drop(page, "below.txt", "below");
      await comes("new/directory/below.txt", "below");
      await drop(page, "x".repeat(300), "too long");
      await page.getByText(/was not put there: /).waitFor();
      await soon(async () => assert.deepEqual(await accessibilityFaults(page), []));
      assert.deepEqual(serious(faults).filter((fault) => !/status of (400|412)/.test(fault)), []);
    } finally {
      await page.close();
    }
  });

  test("whatHappenedToAFileIsToldInOrder", async () => {
    writeFileSync(file(1, "told.txt"), "one");
    await comes("told.txt", "one");
    writeFileSync(file(2, "told.txt"), "two");
    await comes("told.txt", "two");
    rmSync(file(3, "told.txt"));
    await soon(async () => assert.equal(text(1, "told.txt"), undefined));
    writeFileSync(file(1, "told.txt"), "three");
    await comes("told.txt", "three");
    const { page, faults } = await open("Files");
    try {
      await page.getByRole("button", { name: "told.txt" }).click();
      await soon(async () => assert.deepEqual(await page.locator("dialog .sync-events bdi").allTextContents(),
        ["machine1 made told.txt", "machine2 changed told.txt", "machine3 deleted told.txt", "machine1 made told.txt"]));
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("invitationIsShownUntilAMachineHasJoinedOrItIsTakenBack", async () => {
    const { page, faults } = await open("Overview");
    try {
      const folderName = page.getByRole("textbox", { name: "Folder" });
      await folderName.fill("demo");
      await page.getByRole("button", { name: /^Add machine/ }).click();
      await page.getByText(/^Nobody has joined by it yet/).waitFor();
      await page.getByRole("button", { name: /^Take the invitation back/ }).click();
      await page.getByText("It was taken back.").waitFor();
      await page.getByRole("button", { name: /^Add machine/ }).click();
      await page.getByText(/^Nobody has joined by it yet/).waitFor();
      const line = await page.locator(".sync-command").textContent();
      const [, , ...words] = (line ?? "").replace("=PATH", `=${join(folder, "machine4")}`).split(" ");
      mkdirSync(join(folder, "machine4"));
      const child = startCommand(["sync", ...words, "--name", "machine4", "--keep-free", "0", "--state", join(folder, "agents/machine4")], { LC_ALL: "C.UTF-8" });
      try {
        await page.getByText(/^machine4 has joined by it and is (online|syncing)\.$/).waitFor();
      } finally {
        await child.stop();
      }
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });

  test("pageThatLostItsServerShowsWhatHappenedMeanwhile", async () => {
    const { page, faults } = await open("Files");
    const monitor = Number(/\d+/.exec(readFileSync(join(folder, "pulseboard/pulseboard.pid"), "utf8"))?.[0]);
    try {
      process.kill(monitor, "SIGSTOP");
      await connectionIs(page, "reconnecting");
      writeFileSync(file(1, "meanwhile.txt"), "meanwhile");
      await comes("meanwhile.txt", "meanwhile");
      process.kill(monitor, "SIGCONT");
      await connectionIs(page, "live");
      await page.getByRole("button", { name: "meanwhile.txt" }).waitFor();
      assert.deepEqual(serious(faults).filter((fault) => !/WebSocket/.test(fault)), []);
    } finally {
      process.kill(monitor, "SIGCONT");
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

  /** By the keyboard alone. @param {import("playwright-core").Page} page @param {RegExp | string} name */
  const press = async (page, name) => {
    await page.getByRole("button", { name }).first().focus();
    await page.keyboard.press("Enter");
  };
  const differences = (/** @type {import("playwright-core").Page} */ page) => page.getByRole("region", { name: /^Differences/ });

  test("textsOfAConflictAreComparedAndWhatAPersonMakesOfThemIsKept", async () => {
    const evil = "<img src=x onerror=document.title='bad'>";
    const { page, faults } = await open("Conflicts");
    const phone = await open("Conflicts", PHONE);
    try {
      await page.getByText("None waits for a decision.").waitFor();
      writeFileSync(file(1, "draft.txt"), `title\n${evil} one\nend\n`);
      writeFileSync(file(2, "draft.txt"), `title\n${evil} two\nend\n`);
      await page.getByText(/: draft\.txt/).waitFor();
      await soon(async () => assert.equal(readdirSync(join(folder, "machine3")).filter((name) => name.startsWith("draft")).length, 2));
      for (const each of [page, phone.page]) {
        await press(each, /^Compare both/);
        await each.getByText("\u2212 1 line only in the first, + 1 line only in the other.").waitFor();
        assert.deepEqual([...await differences(each).locator("del").allTextContents(), ...await differences(each).locator("ins").allTextContents()].sort(), [`${evil} one`, `${evil} two`]);
        await soon(async () => assert.deepEqual(await accessibilityFaults(each), []));
        assert.notEqual(await each.title(), "bad");
        assert.ok(await each.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "all of it is as wide as the screen");
      }
      await press(page, /^Edit the first/);
      const words = page.getByRole("textbox", { name: "Text of draft.txt" });
      assert.ok(await words.evaluate((area) => area === document.activeElement));
      await words.fill("of both\n");
      await soon(async () => assert.deepEqual(await accessibilityFaults(page), []));
      writeFileSync(file(3, "draft.txt"), "of three\n");
      await comes("draft.txt", "of three\n");
      await press(page, /^Keep this text/);
      await page.getByText(/was changed meanwhile, so nothing was put there/).waitFor();
      await comes("draft.txt", "of three\n");
      assert.equal(await words.inputValue(), "of both\n");
      await press(phone.page, /^Compare both/);
      await differences(phone.page).getByText("of three").waitFor();
      await phone.page.getByRole("button", { name: /^Edit the other/ }).tap();
      assert.match(await phone.page.getByRole("textbox", { name: "Text of draft.txt" }).inputValue(), /^title\n<img.*\nend\n$/);
      await phone.page.getByRole("textbox", { name: "Text of draft.txt" }).fill("of all\n");
      await soon(async () => assert.deepEqual(await accessibilityFaults(phone.page), []));
      await phone.page.getByRole("button", { name: /^Keep this text/ }).tap();
      await page.getByText("None waits for a decision.").waitFor();
      await comes("draft.txt", "of all\n");
      await soon(async () => assert.deepEqual([1, 2, 3].map((machine) => readdirSync(join(folder, `machine${machine}`)).filter((name) => name.startsWith("draft"))), [["draft.txt"], ["draft.txt"], ["draft.txt"]]));
      assert.deepEqual(serious([...faults, ...phone.faults]).filter((fault) => !/status of 412/.test(fault)), []);
    } finally {
      await page.close();
      await phone.page.close();
    }
  });

  test("textOfAFileIsComparedWithWhatItWasAndEdited", async () => {
    writeFileSync(file(1, "text.txt"), "one\r\nsame\r\n");
    await comes("text.txt", "one\r\nsame\r\n");
    writeFileSync(file(1, "text.txt"), "two\r\nsame\r\n");
    writeFileSync(file(1, "text-binary"), Buffer.from([0, 1, 2]));
    writeFileSync(file(1, "text-large"), "x".repeat(300_000));
    await comes("text.txt", "two\r\nsame\r\n");
    const { page, faults } = await open("Files");
    const openFile = async (/** @type {string} */ name) => {
      await page.getByRole("button", { name, exact: true }).click();
      await page.locator("dialog .sync-versions li, dialog p", { hasText: /until|No old version/ }).first().waitFor();
    };
    try {
      const compare = page.getByRole("button", { name: /^Compare text\.txt/ });
      await soon(async () => { // What was replaced is kept ten seconds after that.
        await openFile("text.txt");
        const isThere = await compare.first().isVisible();
        if (!isThere) await page.keyboard.press("Escape");
        assert.ok(isThere);
      });
      await press(page, /^Compare text\.txt/);
      await differences(page).waitFor();
      assert.deepEqual(await differences(page).locator("del, ins").allTextContents(), ["one", "two"]);
      assert.equal(await differences(page).getByText("CRLF").count(), 0, "all of its lines end so");
      await press(page, "Edit text.txt");
      const words = page.getByRole("textbox", { name: "Text of text.txt" });
      await words.fill("three\nsame\n");
      await soon(async () => assert.deepEqual(await accessibilityFaults(page), []));
      await press(page, /^Put it there/);
      await page.getByText(/has put it there; it comes to all machines/).waitFor();
      await comes("text.txt", "three\r\nsame\r\n");
      await page.keyboard.press("Escape");
      for (const [name, why] of [["text-binary", "text-binary is no text"], ["text-large", "text-large is too large for this page"]]) {
        await openFile(name ?? "");
        await press(page, `Edit ${name}`);
        await page.getByText(`It cannot be edited: ${why}`).waitFor();
        await page.keyboard.press("Escape");
      }
      assert.deepEqual(serious(faults), []);
    } finally {
      await page.close();
    }
  });
});
