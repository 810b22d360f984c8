import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { connectionIs, newPage, newState, run, skip, soon, startBrowser, startServer } from "./harness.js";

describe("the verdict above the cards", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
  });

  test("saysTheSameAsTheServer", async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator(".verdict").waitFor();
      // Both may change meanwhile, on a machine that is busy.
      await page.waitForFunction(async () => {
        const { text, level } = await (await fetch("api/health/verdict")).json();
        const line = document.querySelector(".verdict");
        return line?.querySelector(".verdict-text")?.textContent === text && line.getAttribute("data-level") === level;
      });
      await page.locator("nav.boards a", { hasText: "Alerts" }).waitFor();
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("serverThatIsGoneIsNotCalledWell", async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator(".verdict").waitFor();
      await server.stop();
      await page.locator(".verdict[data-level=unknown]").waitFor();
      await soon(async () => assert.match(await page.locator(".verdict-text").innerText(), /^Not known now\. The last that was heard: .+/));
      await soon(async () => assert.doesNotMatch(await page.title(), /warning|critical/));
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("twoPartsOfThePageMayFollowTheSameBoard", { timeout: 240_000 }, async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.evaluate(async () => {
        const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
        const hears = (/** @type {any} */ one) => new Promise((resolve) => {
          const stop = one.listen(() => {
            if (one.state?.cpu?.busyPercent === undefined) return;
            stop();
            resolve(undefined);
          });
        });
        const other = feed.sibling("host");
        other.start();
        await hears(other);
        await Promise.all([hears(other), hears(feed)]); // The first one goes on.
        other.stop();
        await hears(feed);
        await hears(feed);
      });
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("isNotThereWhereNothingIsJudged", async () => {
    const server = await startServer("0", { PULSEBOARD_ALERTS_ENABLED: "false" });
    const { page } = await newPage(browser);
    try {
      await page.goto(server.url);
      await connectionIs(page, "live");
      await page.locator(".cpu .headline").waitFor();
      await soon(async () => assert.equal(await page.locator(".verdict").isVisible(), false));
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("isNotThereForWhoeverMayNotSeeIt", async () => {
    const state = newState();
    run(state, ["user", "add", "alice", "--password-stdin"], "correct horse 7\n");
    const [token = ""] = run(state, ["token", "add", "wall", "--scope", "read:board.host"]).split("\n");
    const server = await startServer("0", { XDG_STATE_HOME: state });
    const { page } = await newPage(browser);
    try {
      await page.goto(`${server.url}#token=${token}`);
      await connectionIs(page, "live");
      await page.locator(".cpu .headline").waitFor();
      await soon(async () => assert.equal(await page.locator(".verdict").isVisible(), false));
    } finally {
      await page.close();
      await server.stop();
    }
  });
});

describe("what the verdict leads to", { skip }, () => {
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

  const full = { board: "host", section: "filesystems", key: "/srv", level: "critical", text: "/srv is 95 % full", state: "firing" };
  const memory = { board: "host", section: "memory", level: "warning", text: "memory is <b>nearly</b> used up", state: "firing" };
  const HOST = {
    memory: { totalBytes: 100, usedBytes: 97, usedPercent: 97 },
    filesystems: { "/": { usedPercent: 5, totalBytes: 10, usedBytes: 5, freeBytes: 5 }, "/srv": { usedPercent: 95, totalBytes: 10, usedBytes: 9, freeBytes: 1 } },
  };
  const DIRECTORY = { host: { kind: "host" }, alerts: { kind: "alerts" }, tank: { kind: "tank", title: "Tank" }, "web1/host": { kind: "host" } };
  const two = () => ({ verdict: { level: "critical", text: "/srv is 95 % full; memory is <b>nearly</b> used up.", since: 0 }, alerts: { full, memory } });
  const open = (/** @type {any} */ alerts, hash = "") => openBoard(browser, `${modules.url}${hash}`, { host: structuredClone(HOST), alerts, boards: structuredClone(DIRECTORY), tank: { level: 1 } });
  const focused = (/** @type {import("playwright-core").Page} */ page) => page.evaluate(() => [document.activeElement?.className, document.activeElement?.querySelector(".row-name")?.textContent]);

  test("eachPartLeadsToTheRowOrCardThatItSpeaksOf", async () => {
    const { page, faults } = await open(two());
    await page.locator(".verdict a").first().waitFor();
    await soon(async () => assert.deepEqual(await page.locator(".verdict a").allInnerTexts(), ["/srv is 95 % full", "memory is <b>nearly</b> used up"]));
    await page.locator(".verdict a").first().press("Enter");
    await soon(async () => assert.deepEqual(await focused(page), ["row", "/srv"]));
    await page.locator(".verdict a").nth(1).click();
    await soon(async () => assert.match(String((await focused(page))[0]), /\bmemory\b/));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("leadsThereFromTheBoardOfAnotherKindToo", async () => {
    const { page } = await open(two(), "#/boards/tank");
    await page.locator(".tree-card").waitFor();
    await page.locator(".verdict a").first().click();
    await page.waitForFunction(() => document.activeElement?.querySelector(".row-name")?.textContent === "/srv");
    await page.close();
  });

  test("saysNothingOfThisMachineAboveAnotherOne", async () => {
    const { page } = await open(two(), "#/boards/web1/host");
    await page.locator(".cpu").waitFor();
    await soon(async () => assert.equal(await page.locator(".verdict").isVisible(), false));
    await soon(async () => assert.doesNotMatch(await page.title(), /critical/));
    await page.close();
  });

  test("machineThatDoesNotJudgeItselfIsJudgedByTheListOfMachines", async () => {
    const alerts = { ...two(), alerts: { full, disk: { board: "fleet", key: "web1", level: "warning", text: "a filesystem of web1 is 90 % full" }, other: { board: "fleet", key: "web2", level: "critical", text: "web2 is offline" } } };
    const { page, push } = await openBoard(browser, `${modules.url}#/boards/web1/host`, { "web1/host": structuredClone(HOST), alerts, boards: { ...structuredClone(DIRECTORY), fleet: { kind: "fleet" } } });
    await soon(async () => assert.match(await page.locator(".verdict").innerText(), /^!\s*A filesystem of web1 is 90 % full\.$/));
    await page.waitForFunction(() => document.title.startsWith("! 1 warning · "));
    await push("alerts", { alerts: { disk: null } });
    await page.locator(".verdict", { hasText: "All is well, as far as it is judged from here." }).waitFor();
    await page.close();
  });

  test("titleAndIconSayLevelAndCount", async () => {
    const { page, push } = await open(two());
    await page.waitForFunction(() => document.title.startsWith("‼ 1 critical · "));
    await soon(async () => assert.equal(await page.getAttribute('link[rel="icon"]', "href"), "style/icon-critical.svg"));
    await push("alerts", { verdict: { level: "ok", text: "All is well.", since: 1_700_000_000_000 }, alerts: { full: null, memory: null } });
    await page.getByText("All is well.").waitFor();
    await page.waitForFunction(() => /^–|^\d/.test(document.title)); // The board writes its part with its first figures.
    await soon(async () => assert.equal(await page.getAttribute('link[rel="icon"]', "href"), "style/icon.svg"));
    await soon(async () => assert.match(await page.locator(".verdict").innerText(), /✓\s*All is well\.\s*since 14 Nov 2023/));
    await page.close();
  });

  test("saysWhatIsAboutToFireWhileAllIsWell", async () => {
    const { page, push } = await open(two());
    const verdict = { level: "ok", text: "All is well.", since: 1_700_000_000_000, pending: "/srv is 91 % full" };
    await push("alerts", { verdict, alerts: { full: { state: "pending", level: null, text: "/srv is 91 % full" }, memory: null } });
    await soon(async () => assert.match(await page.locator(".verdict").innerText(), /All is well\.\s*since .*\s*About to fire: \/srv is 91 % full/));
    await push("alerts", { verdict: { level: "warning", text: "/srv is 95 % full.", pending: null }, alerts: { full: { state: "firing", level: "warning", text: "/srv is 95 % full" } } });
    await soon(async () => assert.doesNotMatch(await page.locator(".verdict").innerText(), /About to fire/));
    await page.close();
  });

  test("linkThatSomebodyIsAtStaysWhileItsWordsChange", async () => {
    const { page, push } = await open(two());
    await page.locator(".verdict a").first().focus();
    await push("alerts", { verdict: { text: "/srv is 96 % full." }, alerts: { full: { text: "/srv is 96 % full" }, memory: null } });
    await page.getByText("/srv is 96 % full.").waitFor();
    await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.textContent), "/srv is 96 % full"));
    await page.close();
  });

  test("isReadOutWhenSomethingElseIsTheMatterAndNotWithEachFigure", async () => {
    const { page, push } = await open(two());
    const region = page.locator('[aria-live="polite"][role="status"].visually-hidden');
    await page.locator(".verdict a").first().waitFor();
    await soon(async () => assert.equal(await region.textContent(), "", "what was so from the start is on the page"));
    await push("alerts", { verdict: { text: "/srv is 96 % full; memory is <b>nearly</b> used up." }, alerts: { full: { text: "/srv is 96 % full" } } });
    await push("alerts", { verdict: { level: "warning", text: "Memory is <b>nearly</b> used up." }, alerts: { full: null } });
    await page.waitForFunction(() => document.querySelector('[aria-live="polite"][role="status"].visually-hidden')?.textContent === "Memory is <b>nearly</b> used up.");
    await push("alerts", { verdict: { text: "Memory is 98 % used." }, alerts: { memory: { text: "memory is 98 % used" } } });
    await page.getByText("Memory is 98 % used.").waitFor();
    await soon(async () => assert.equal(await region.textContent(), "Memory is <b>nearly</b> used up."));
    await soon(async () => assert.equal(await page.locator(".verdict").getAttribute("role"), null, "that one changes each second"));
    await page.close();
  });
});
