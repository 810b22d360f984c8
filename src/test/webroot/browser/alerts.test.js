// The page of alerts, with the real server, whose rules fire at once.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { accessibilityFaults, connectionIs, newPage, newState, repository, run, serious, skip, soon, startBrowser, startServer } from "./harness.js";

/** @typedef {import("playwright-core").Page} Page */

/** For people to look at. */
const PICTURES = `${repository}target/pictures/`;
const RULES = `rules:
  - name: memory-there
    watch: host:memory.usedPercent
    alarm: above 0 clear 0
    text: "memory <b>is</b> {{value}} used"
    help: "Buy <i>more</i>."
  - name: load-there
    watch: host:memory.totalBytes
    warn: above 0 clear 0
    text: "there is memory"
`;

/** A server whose files of rules are these, and which keeps what it is told. @param {Record<string, string>} files @param {string} [state] */
async function start(files = { "test.yaml": RULES }, state = newState()) {
  const folder = join(state, "alerts.d");
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return startServer("0", { XDG_STATE_HOME: state, PULSEBOARD_ALERTS_FOLDER: folder });
}

/** @param {() => Promise<boolean>} holds */
async function until(holds) {
  while (!await holds()) await new Promise((resolve) => setTimeout(resolve, 300));
}

describe("the page of alerts", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [browser, server] = await Promise.all([startBrowser(), start()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** @param {import("playwright-core").BrowserContextOptions} [options] */
  async function open(options, url = server.url) {
    const opened = await newPage(browser, options);
    await opened.page.goto(`${url}#/boards/alerts`);
    await connectionIs(opened.page, "live");
    await opened.page.locator(".alerts-now").waitFor();
    return opened;
  }
  const alert = (/** @type {Page} */ page, /** @type {string} */ text) => page.locator(".alert", { hasText: text });
  const group = (/** @type {Page} */ page, /** @type {string} */ title) => page.getByRole("list", { name: title, exact: true });

  test("isLoadedWhenItIsOpenedAndListsTheWorstFirst", async () => {
    const { page, faults } = await newPage(browser);
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).pathname));
    await page.goto(server.url);
    await connectionIs(page, "live");
    await page.locator("nav.boards a", { hasText: "Alerts" }).waitFor();
    assert.deepEqual(asked.filter((path) => /alerts\.css|boards\/alerts/.test(path)), []);
    await page.locator("nav.boards a", { hasText: "Alerts" }).click();
    await alert(page, "there is memory").waitFor();
    assert.ok(asked.some((path) => path.endsWith("/style/alerts.css")));
    const levels = await group(page, "Firing").locator(".state").allInnerTexts();
    assert.deepEqual(levels, [...levels].sort((a, b) => Number(a !== "critical") - Number(b !== "critical")));
    const first = alert(page, "memory <b>is</b>");
    await soon(async () => assert.match(await first.innerText(), /critical\s+memory <b>is<\/b> \d+.% used\s+Host by the rule memory-there\s+since .+ · \d.*; fired above 0.%\s+What to do: Buy <i>more<\/i>\./));
    await soon(async () => assert.equal(await first.locator("b, i").count(), 0, "text of others stays text"));
    assert.deepEqual(serious(faults), []);
    await page.close();
  });

  test("leadsToTheCardOfWhatItIsAbout", async () => {
    const { page } = await open();
    await alert(page, "memory <b>is</b>").getByRole("link", { name: "Host" }).click();
    await page.waitForFunction(() => document.activeElement?.matches("section.memory"));
    await page.close();
  });

  test("isAcknowledgedByKeyboardWithANote", async () => {
    const { page, faults } = await open();
    const row = alert(page, "there is memory");
    await row.locator(".alert-text").focus();
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog", { name: "Acknowledge" });
    await dialog.waitFor();
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.closest("label")?.textContent), "Note, may be empty"));
    await page.keyboard.type("a <u>seen</u> s");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await group(page, "Acknowledged").locator(".alert", { hasText: "there is memory" }).waitFor();
    await soon(async () => assert.match(await row.innerText(), /seen by .+: “a <u>seen<\/u> s”/));
    await soon(async () => assert.equal(await row.getByRole("button", { name: /^Acknowledge/ }).count(), 0, "it is done"));
    await page.waitForFunction(() => document.activeElement?.matches(".alert-text") && document.activeElement.textContent === "there is memory");
    assert.deepEqual(serious(faults), []);
    await page.close();
  });

  test("keysDoNothingToWhoeverSwitchedThemOff", async () => {
    const { page } = await open();
    await page.evaluate(() => localStorage.setItem("pulseboard.keys", "off"));
    await alert(page, "memory <b>is</b>").locator(".alert-text").focus();
    await page.keyboard.press("a");
    await soon(async () => assert.equal(await page.locator("dialog").count(), 0));
    await page.evaluate(() => localStorage.removeItem("pulseboard.keys"));
    await page.keyboard.press("a");
    await page.getByRole("dialog", { name: "Acknowledge" }).waitFor();
    await page.keyboard.press("Escape");
    await page.close();
  });

  test("whatTheServerRefusesIsSaidInASentenceAndTheFormStays", async () => {
    const { page } = await open();
    await alert(page, "memory <b>is</b>").locator(".alert-text").focus();
    await page.keyboard.press("a");
    await page.route("**/actions/acknowledge", (route) => route.continue({ postData: JSON.stringify({ id: "0000000000000000" }) }));
    await page.locator("dialog[open] :focus").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("This alert does not fire any more, so there is nothing to do.").waitFor();
    await soon(async () => assert.equal(await page.locator("dialog[open]").count(), 1));
    await page.close();
  });

  test("focusStaysWithAnAlertThatMovesToAnotherGroup", async () => {
    const { page } = await open();
    const row = alert(page, "memory <b>is</b>");
    await row.locator(".alert-text").focus();
    const { state } = await (await fetch(`${server.url}api/boards/alerts`)).json();
    const [id] = Object.entries(state.alerts).find(([, one]) => one.rule === "memory-there") ?? [];
    await fetch(`${server.url}api/boards/alerts/actions/acknowledge`, { method: "POST", body: JSON.stringify({ id }) });
    await group(page, "Acknowledged").locator(".alert", { hasText: "memory <b>is</b>" }).waitFor();
    await soon(async () => assert.match(String(await page.evaluate(() => document.activeElement?.textContent)), /^memory <b>is<.b>/));
    await page.close();
  });

  test("drawerTellsWhatBecameOfIt", async () => {
    const { page, faults } = await open();
    await alert(page, "memory <b>is</b>").locator(".alert-text").press("Enter");
    const drawer = page.locator(".drawer");
    await drawer.locator(".alert-steps li", { hasText: "fires" }).first().waitFor();
    await soon(async () => assert.match(await drawer.locator("h2").innerText(), /^memory <b>is<\/b>/));
    await soon(async () => assert.equal(await drawer.locator("b").count(), 0));
    assert.deepEqual(serious(faults), []);
    await page.close();
  });

  test("viewerSeesAllOfItAndNothingToPressButWhatIsTheirs", async () => {
    const state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const token = (/** @type {string[]} */ ...scopes) => run(state, ["token", "add", scopes.join("-").replace(/\W/g, "-"), ...scopes.flatMap((scope) => ["--scope", scope])]).split("\n")[0] ?? "";
    const [viewer, operator] = [token("read:*"), token("read:*", "act:*")];
    const guarded = await start(undefined, state);
    const look = async (/** @type {string} */ secret) => {
      const { page } = await newPage(browser);
      await page.goto(`${guarded.url}#token=${secret}`);
      await connectionIs(page, "live");
      await page.locator("nav.boards a", { hasText: "Alerts" }).click();
      await alert(page, "there is memory").waitFor();
      return page;
    };
    try {
      const allowed = await look(operator);
      await allowed.getByRole("button", { name: "Acknowledge: there is memory" }).waitFor();
      await allowed.close();
      const page = await look(viewer);
      await soon(async () => assert.equal(await page.locator(".alerts-page").getByRole("button", { name: /Acknowledge|Silence|Change|Switch|Send a test|New rule/ }).count(), 0));
      await page.getByRole("button", { name: "Send messages to this browser" }).waitFor();
      await alert(page, "there is memory").locator(".alert-text").focus();
      await page.keyboard.press("a");
      await soon(async () => assert.equal(await page.locator("dialog").count(), 0));
      await page.close();
    } finally {
      await guarded.stop();
    }
  });

  test("onAWallThereIsNothingToPress", async () => {
    const { page } = await newPage(browser, { viewport: { width: 1920, height: 1080 } });
    await page.goto(`${server.url}?wall=600#/boards/alerts`);
    await page.locator(".wall-column .alert", { hasText: "there is memory" }).waitFor();
    const words = page.locator("#board").locator("button:not(.alert-text, .table-open, .table-sort, .lane-event, .more), input, select, .card-hint");
    await soon(async () => assert.ok(await words.count() > 3));
    await soon(async () => assert.deepEqual(await words.evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).map((one) => one.textContent)), []));
    await page.close();
  });

  for (const [name, options] of /** @type {[string, import("playwright-core").BrowserContextOptions][]} */ ([
    ["desktop-light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
    ["large-dark", { viewport: { width: 2560, height: 1440 }, colorScheme: "dark" }],
    ["phone-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true }],
  ])) {
    test(`fitsAndIsCleanForEveryone ${name}`, async () => {
      const { page } = await open(options);
      await alert(page, "there is memory").waitFor();
      await page.screenshot({ path: `${PICTURES}alerts-${name}.png`, fullPage: true });
      const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels`);
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.close();
    });
  }
});

describe("rules on the page of alerts", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  before(async () => {
    [browser, server] = await Promise.all([startBrowser(), start({ "test.yaml": RULES, "wrong.yaml": "rules:\n  - name: wrong\n    watch: host:memory.usedPercent\n    alarm: abve 3\n" })]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function open() {
    const opened = await newPage(browser);
    await opened.page.goto(`${server.url}#/boards/alerts`);
    await connectionIs(opened.page, "live");
    await opened.page.locator(".alerts-rules .table-open").first().waitFor();
    return opened;
  }
  const rule = async (/** @type {Page} */ page, /** @type {string} */ name) => {
    await page.getByRole("searchbox", { name: "Filter rules" }).fill(name);
    return page.locator(".alerts-rules tbody tr", { has: page.getByRole("button", { name, exact: true }) });
  };

  test("areListedWithWhereTheyComeFromAndWhatIsWrongWithFiles", async () => {
    const { page } = await open();
    await soon(async () => assert.match(await (await rule(page, "filesystem-full")).innerText(), /filesystem-full\s+on\s+host:filesystems\.\*\.usedPercent\s+above 85 .+\s+above 93 .+\s+the board host/));
    await soon(async () => assert.match(await (await rule(page, "memory-there")).innerText(), /the file test\.yaml/));
    await soon(async () => assert.match(await page.locator(".alerts-rules .faults").innerText(), /^wrong\.yaml, line 4, column \d+: .*"abve" is no condition\. To mend it: the nearest is above/));
    await page.close();
  });

  test("shippedOneIsSwitchedOffAndOnAgain", async () => {
    const { page, faults } = await open();
    const row = await rule(page, "swap-storm");
    await row.getByRole("button").press("Enter");
    await page.locator(".drawer").getByRole("button", { name: "Switch off: swap-storm" }).click();
    await page.locator(".drawer").waitFor({ state: "detached" });
    await row.locator(".state", { hasText: "off" }).waitFor();
    await soon(async () => assert.match(await row.innerText(), /this page/));
    await row.getByRole("button").press("Enter");
    await page.locator(".drawer").getByRole("button", { name: "Undo changes: swap-storm" }).click();
    await row.locator(".state", { hasText: "on" }).waitFor();
    await soon(async () => assert.match(await row.innerText(), /the board host/));
    assert.deepEqual(serious(faults), []);
    await page.close();
  });

  test("shippedOneIsChangedByItsNameAndOnlyThatIsSent", async () => {
    const { page } = await open();
    const row = await rule(page, "filesystem-full");
    await row.getByRole("button").press("Enter");
    await page.locator(".drawer").getByRole("button", { name: "Change: filesystem-full" }).click();
    const form = page.getByRole("dialog", { name: "Change filesystem-full" });
    await form.getByLabel("Warning").fill("above 70 for 5m clear 60");
    const sent = page.waitForRequest("**/actions/save-rule");
    await form.getByRole("button", { name: "Save" }).click();
    assert.deepEqual((await sent).postDataJSON(), { name: "filesystem-full", rule: { warn: "above 70 for 5m clear 60", enabled: true } });
    await row.getByText("above 70 for 5m clear 60").waitFor();
    await soon(async () => assert.match(await row.innerText(), /above 93 for 1m clear 91/, "the rest is as the board says"));
    await page.close();
  });

  test("ruleOfAFileIsNotChangedHere", async () => {
    const { page } = await open();
    await (await rule(page, "memory-there")).getByRole("button").press("Enter");
    await page.getByText("It is changed in the file test.yaml, and counts within seconds.").waitFor();
    await soon(async () => assert.equal(await page.locator(".drawer").getByRole("button", { name: /Switch|Change|Delete|Undo/ }).count(), 0));
    await page.close();
  });

  test("newOneIsCheckedWhileItIsTypedWithItsColumnAndPreviewed", { timeout: 300_000 }, async () => {
    const { page, faults } = await open();
    await page.getByRole("button", { name: "New rule" }).click();
    const form = page.getByRole("dialog", { name: "New rule" });
    await form.getByLabel("Name").fill("little-memory");
    const line = form.getByLabel("What it watches, and when it fires");
    await line.fill("host:memory.usedPercent abve 0");
    await form.getByRole("status").getByText(/Column 25: "abve" is no condition; the nearest is above/).waitFor();
    await soon(async () => assert.equal(await form.locator(".preview-place mark").innerText(), "abve 0"));
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("alert").getByText(/Column 25/).waitFor();
    await soon(async () => assert.deepEqual(await line.evaluate((/** @type {HTMLInputElement} */ one) => [one.selectionStart, document.activeElement === one]), [24, true]));
    // The history has a row for each ten seconds, and a message waits for others.
    await until(async () => (await (await fetch(`${server.url}api/boards/alerts/actions/preview`, { method: "POST", body: JSON.stringify({ line: "host:memory.usedPercent above 0 clear 0" }) })).json()).messageCount === 1);
    await line.fill("host:memory.usedPercent above 0 clear 0");
    await form.getByRole("status").getByText(/It would have fired once, and one message would have gone out\./).waitFor();
    await soon(async () => assert.equal(await form.locator(".preview-place").isVisible(), false));
    assert.deepEqual(await accessibilityFaults(page), []);
    const inside = await form.locator(".preview-mark").evaluate((one) => {
      const [mark, field] = [one, one.closest(".preview-field")].map((each) => each?.getBoundingClientRect());
      return mark && field ? mark.left >= field.left && mark.right <= field.right + 0.5 && mark.width > 0 : false;
    });
    assert.ok(inside, "the mark is seen, however short the time");
    await form.getByRole("button", { name: /would have fired \(critical\)/ }).waitFor();
    await form.getByRole("button", { name: "Save" }).click();
    await form.waitFor({ state: "detached" });
    await page.locator(".alert", { hasText: "memory.usedPercent is" }).waitFor();
    const row = await rule(page, "little-memory");
    await soon(async () => assert.match(await row.innerText(), /this page/));
    await row.getByRole("button").press("Enter");
    await page.locator(".drawer").getByRole("button", { name: "Delete: little-memory" }).click();
    await row.waitFor({ state: "detached" });
    await page.locator(".alerts-past td", { hasText: "expired" }).first().waitFor();
    assert.deepEqual(serious(faults).filter((fault) => !fault.includes(" 400 ")), []);
    await page.close();
  });
});

describe("what others have chosen on the page of alerts", { skip }, () => {
  test("namesAndTextsStayText", async () => {
    const [modules, browser] = await Promise.all([startModules(), startBrowser()]);
    const evil = (/** @type {string} */ of) => `<img src=x onerror=alert(1)>${of}{{key}}\u202e`;
    const alerts = {
      verdict: { level: "critical", text: `${evil("text")}.`, since: 0 },
      alerts: { a1: { board: "host", section: "filesystems", rule: "fs", watch: "filesystems.*.usedPercent", key: evil("key"), state: "firing", level: "critical", text: evil("text"), help: evil("help"),
        value: evil("value"), threshold: evil("threshold"), firingSince: 1, acknowledgedBy: evil("by"), acknowledgedNote: evil("note") },
      __proto__x: { board: "constructor", rule: "x", state: "firing", level: "constructor", text: "odd" } },
      silences: { s1: { rules: [evil("rule")], keys: [evil("silenced")], until: 2e12, why: evil("why"), by: evil("silencer") } },
      channels: { [evil("channel")]: { ok: false, since: 1, reason: evil("reason"), waitingCount: 1 } },
      rules: { fs: { watch: `host:${evil("watch")}`, from: evil("file"), critical: evil("critical"), enabled: true } },
      problems: { 1: { what: evil("what"), mend: evil("mend"), file: evil("problem"), line: 1 } },
    };
    const boards = { host: { kind: "host", title: evil("title") }, alerts: { kind: "alerts", title: "Alerts", resources: [], actions: {} } };
    const { page, faults } = await openBoard(browser, `${modules.url}#/boards/alerts`, { host: {}, alerts, boards });
    try {
      await page.locator(".alert", { hasText: "odd" }).waitFor();
      const words = await page.locator("#board").textContent() ?? "";
      for (const of of ["key", "text", "help", "value", "threshold", "by", "note", "rule", "silenced", "why", "silencer", "channel", "reason", "watch", "file", "critical", "what", "mend", "problem", "title"]) {
        assert.ok(words.includes(evil(of)), of);
      }
      await soon(async () => assert.equal(await page.locator("#board img").count(), 0));
      await page.locator(".alert-text", { hasText: "text" }).click();
      await soon(async () => assert.ok((await page.locator(".drawer").textContent())?.includes(evil("help"))));
      await soon(async () => assert.equal(await page.locator("img").count(), 0));
      assert.deepEqual(faults, []);
    } finally {
      await browser.close();
      modules.stop();
    }
  });
});

describe("messages on the page of alerts", { skip }, () => {
  /** @type {string[]} */
  const taken = [];
  const receiver = createServer((request, answer) => {
    let text = "";
    request.on("data", (part) => void (text += part));
    request.on("end", () => {
      taken.push(text);
      answer.end("thanks <b>a lot</b>");
    });
  });
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  before(async () => {
    await new Promise((resolve) => receiver.listen(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (receiver.address());
    const channels = `channels:\n  desk: {kind: webhook, url: "http://127.0.0.1:${port}/", allow: ["127.0.0.1"]}\nroutes:\n  - {name: all, channels: [desk], wait: 1s}\n`;
    [browser, server] = await Promise.all([startBrowser(), start({ "test.yaml": RULES + channels })]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    receiver.closeAllConnections();
    receiver.close();
  });

  async function open() {
    const opened = await newPage(browser);
    await opened.page.goto(`${server.url}#/boards/alerts`);
    await connectionIs(opened.page, "live");
    await opened.page.locator(".alert", { hasText: "there is memory" }).waitFor();
    return opened;
  }

  test("alertIsSilencedByKeyboardAndTheSilenceEnded", async () => {
    const { page, faults } = await open();
    const row = page.locator(".alerts-now .alert", { hasText: "there is memory" });
    await row.locator(".alert-text").focus();
    await page.keyboard.press("s");
    const form = page.getByRole("dialog", { name: "Silence" });
    await form.getByLabel("For how long").selectOption({ label: "8 hours" });
    await form.getByLabel("Why, may be empty").fill("<b>moving</b>");
    await page.keyboard.press("Enter");
    await form.waitFor({ state: "detached" });
    await page.getByRole("list", { name: "Silenced", exact: true }).locator(".alert", { hasText: "there is memory" }).waitFor();
    await soon(async () => assert.match(await row.innerText(), /silenced until/));
    const silence = page.locator(".silence");
    await soon(async () => assert.match(await silence.innerText(), /the rule load-there of the board host\s+until .+ · by .+ · “<b>moving<\/b>”/));
    await silence.getByRole("button", { name: "End the silence: the rule load-there of the board host" }).press("Enter");
    await page.getByRole("list", { name: "Firing", exact: true }).locator(".alert", { hasText: "there is memory" }).waitFor();
    await page.locator(".alerts-silences").waitFor({ state: "hidden" });
    assert.deepEqual(serious(faults), []);
    await page.close();
  });

  test("testOfAChannelShowsWhatTheOtherSideAnswered", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Send a test: desk" }).click();
    await page.getByRole("status").getByText(/It answered: .*thanks <b>a lot<\/b>/).waitFor();
    assert.ok(taken.some((text) => /this is a test/.test(text)));
    await page.locator(".alerts-channels .state", { hasText: "works" }).waitFor();
    await page.getByRole("button", { name: "Show messages that wait, and those given up" }).click();
    await page.getByText(/^Waiting: \d/).waitFor();
    await page.close();
  });

  test("drawerTellsWhyItWasTold", async () => {
    const { page } = await open();
    await page.locator(".alerts-now .alert", { hasText: "memory <b>is</b>" }).getByText(/in \d+ messages?/).waitFor();
    await page.locator(".alert-text", { hasText: "memory <b>is</b>" }).click();
    const drawer = page.locator(".drawer");
    await drawer.getByText("Route all: leads to desk.").waitFor();
    await drawer.getByText(/^Channel desk: was told at/).waitFor();
    await soon(async () => assert.equal(await drawer.locator("b").count(), 0));
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.close();
  });
});

const PEOPLE = `channels:
  desk: {kind: webhook, url: "http://127.0.0.1:9/desk", allow: [127.0.0.1]}
  phone: {kind: webhook, url: "http://127.0.0.1:9/phone", allow: [127.0.0.1]}
people:
  alice: {channels: [desk, phone]}
routes:
  - {name: all, users: [alice]}
`;

describe("whoever is named by a file", { skip }, () => {
  /** @param {Page} page @param {string} name @param {string} url */
  async function signIn(page, name, url) {
    await page.goto(`${url}#/boards/alerts`);
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Password").fill("correct horse 7");
    await page.keyboard.press("Enter");
    await connectionIs(page, "live");
    await page.locator(".alerts-now").waitFor();
  }

  test("choosesOnThePageHowTheyAreTold", async () => {
    const state = newState();
    for (const name of ["alice", "ben"]) run(state, ["user", "add", name, "--role", "viewer", "--password-stdin"], "correct horse 7\n");
    const [browser, server] = await Promise.all([startBrowser(), start({ "people.yaml": PEOPLE }, state)]);
    try {
      const { page, faults } = await newPage(browser);
      await signIn(page, "alice", server.url);
      const card = page.locator(".alerts-own");
      await card.getByText("You are told of warnings and what is critical by desk, phone.", { exact: true }).waitFor();
      await card.getByRole("button", { name: "Change" }).press("Enter");
      const form = page.getByRole("dialog", { name: "Your messages" });
      await form.getByLabel("phone").uncheck();
      await form.getByLabel("Of what").selectOption("critical");
      await form.getByLabel("Leave me alone at some time of the day").check();
      await form.getByLabel("From").fill("21:30");
      await form.getByLabel("To", { exact: true }).fill("06:15");
      await form.getByLabel("Time zone").fill("Nowhere/None");
      await form.getByLabel("begin on").selectOption({ label: "Monday to Friday" });
      assert.deepEqual(await accessibilityFaults(page), []);
      await form.getByRole("button", { name: "Save" }).click();
      await form.getByRole("alert").getByText("Nowhere/None").waitFor();
      await form.getByLabel("Time zone").fill("Europe/Berlin");
      await page.screenshot({ path: `${PICTURES}own-messages.png` });
      await form.getByRole("button", { name: "Save" }).click();
      await form.waitFor({ state: "detached" });
      const chosen = "You are told of what is critical by desk; not from 21:30 to 06:15, Monday to Friday (Europe/Berlin), unless it is critical.";
      await card.getByText(chosen, { exact: true }).waitFor();
      await page.reload();
      await card.getByText(chosen, { exact: true }).waitFor();
      await page.screenshot({ path: `${PICTURES}own-messages-card.png`, fullPage: true });
      await card.getByRole("button", { name: "As the files say" }).click();
      await card.getByText("You are told of warnings and what is critical by desk, phone.", { exact: true }).waitFor();
      await card.getByRole("button", { name: "As the files say" }).waitFor({ state: "hidden" });
      assert.deepEqual(serious(faults).filter((fault) => !/ (400|401) /.test(fault)), []);
      const other = await newPage(browser);
      await signIn(other.page, "ben", server.url);
      await soon(async () => assert.equal(await other.page.locator(".alerts-own").isVisible(), false, "no file names ben"));
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});

describe("the page of alerts where nothing is wrong", { skip }, () => {
  test("saysThatAllIsWellAndSinceWhenAndNotOfAServerThatIsGone", async () => {
    const [browser, server] = await Promise.all([startBrowser(), start({})]);
    const { rules } = await (await fetch(`${server.url}api/boards/alerts/rules`)).json();
    for (const name of Object.keys(rules).filter((one) => one !== "read-only")) { // Without any nothing would be judged.
      const answer = await fetch(`${server.url}api/boards/alerts/actions/save-rule`, { method: "POST", body: JSON.stringify({ name, rule: { enabled: false } }) });
      await soon(async () => assert.equal(answer.status, 200, await answer.text()));
    }
    const { page } = await newPage(browser);
    try {
      await page.goto(`${server.url}#/boards/alerts`);
      await page.getByText("All is well", { exact: true }).waitFor();
      await soon(async () => assert.match(await page.locator(".alerts-now .blank").innerText(), /^All is well\s+since \d/));
      await server.stop();
      await page.getByText("It is not known now how things are").waitFor();
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});
