// A second machine on the page: the real program, and the real agent.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, run, saidBy, skip, soon, startAgent, startBrowser, startCommand, startServer } from "./harness.js";

describe("a machine that comes by a link", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./harness.js").Server} */
  let server;
  /** @type {ReturnType<typeof startAgent> | undefined} */
  let end;
  const state = newState();
  const tokenFile = join(state, "token");
  before(async () => {
    browser = await startBrowser();
    writeFileSync(tokenFile, run(state, ["token", "add", "web1", "--scope", "publish:web1"]).split("\n")[0] ?? "", { mode: 0o600 });
    server = await startServer("0", { XDG_STATE_HOME: state, PULSEBOARD_FLEET_ACCEPT: "true" });
  });
  after(async () => {
    await browser?.close();
    await end?.("SIGKILL");
    await server?.stop();
  });

  test("hasThePageOfAHostComesAndGoesAndIsSaidToBeLost", async () => {
    const { page } = await newPage(browser);
    page.setDefaultTimeout(60_000); // Three programs begin here.
    const link = page.locator("nav.boards a", { hasText: "web1" });
    const lost = (/** @type {string} */ why) => page.getByText(new RegExp(`^web1 has not been heard from since \\d\\d:\\d\\d:\\d\\d \\(${why}\\)\\. These are its last figures\\.$`));
    const figure = page.locator(".memory .headline .figure-value", { hasText: /\d/ });
    await page.goto(server.url);
    await connectionIs(page, "live");
    await soon(async () => assert.equal(await link.count(), 0));
    end = startAgent(server.url, tokenFile);
    await link.press("Enter");
    await connectionIs(page, "live");
    await figure.waitFor();
    const { name } = await (await fetch(`${server.url}api/boards/web1/host/facts`)).json();
    await page.locator("h1", { hasText: /^web1$/ }).waitFor(); // What it is called here.
    await page.locator(".system", { hasText: name }).waitFor();
    await page.locator(".verdict", { hasText: "as far as it is judged from here" }).waitFor();
    await page.locator(".processes-table .process-name").nth(3).waitFor();
    const values = () => page.$$eval(".board .figure-value", (all) => all.map((one) => one.textContent).join(" "));
    const first = await values();
    await page.waitForFunction((old) => [...document.querySelectorAll(".board .figure-value")].map((one) => one.textContent).join(" ") !== old, first);

    await end("SIGKILL");
    await lost("the link to it was lost").waitFor();
    await connectionIs(page, "offline");
    await page.locator("nav.boards a", { hasText: /^web1\s+offline$/ }).waitFor();
    await page.reload();
    await lost("the link to it was lost").waitFor();
    await figure.waitFor();

    end = startAgent(server.url, tokenFile);
    await connectionIs(page, "live");
    await soon(async () => assert.equal(await page.getByText("has not been heard from").count(), 0));
    await page.waitForFunction(() => !/offline/.test(document.querySelector("nav.boards")?.textContent ?? ""));

    await end("SIGTERM");
    await lost("its agent was stopped").waitFor();
    await page.close();
  });

  test("machineWithAPageHasItsJobsAndAlertsHereToLookAtAndLinksToItself", async () => {
    const folder = newState();
    const file = join(folder, "pulseboard.yaml");
    writeFileSync(file, `alerts: {publicUrl: "https://web2.example/"}\ns3: {jobs: {photos: {source: ${folder}, bucket: photos, endpoint: "http://127.0.0.1:9"}}}\n`);
    const machine = { XDG_STATE_HOME: folder, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const code = run(state, ["fleet", "invite", "--address", server.url]).trim().split(" ").at(-1) ?? "";
    assert.match(saidBy(["join", "--config", file, "--name", "web2", server.url, code], machine), /Joined .* as web2/);
    const { stop } = startCommand(["--config", file, "--port", "0"], machine);
    const { page, faults } = await newPage(browser);
    page.setDefaultTimeout(60_000); // Two programs and a job begin here.
    try {
      await page.goto(`${server.url}#/boards/web2/s3`);
      await page.locator(".s3-job", { hasText: "photos" }).waitFor();
      await page.locator(".elsewhere", { hasText: /^From web2, read-only here\. To change anything, use its own page, at web2\.example\.$/ }).waitFor();
      await soon(async () => assert.equal(await page.locator(".elsewhere a").nth(1).getAttribute("href"), "https://web2.example/#/boards/s3"));
      await soon(async () => assert.equal(await page.locator(".s3-job button:visible").count(), 0));
      await page.goto(`${server.url}#/boards/web2/alerts`);
      await page.locator(".alerts-now").waitFor();
      await soon(async () => assert.equal(await page.locator(".alert-acts button:visible").count(), 0));
      await page.goto(`${server.url}#/boards/fleet`);
      await page.locator(".fleet-row", { hasText: /web2.*(none|critical|warning)/ }).waitFor();
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
      await stop();
    }
  });

  test("joinsWithTheCommandThatThePageShowsAndIsSeenToJoin", async () => {
    const { page, faults } = await newPage(browser);
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}#/boards/fleet`);
    await page.getByRole("button", { name: "Add machines" }).click();
    await page.getByLabel("Group").fill("home");
    await page.getByRole("button", { name: "Make a code" }).click();
    const command = page.locator(".fleet-command", { hasText: /^sudo pulseboard join http:\/\/127\.0\.0\.1:\d+\/ ([0-9A-Z]{4}-){2}[0-9A-Z]{4}$/ });
    await command.waitFor();
    const code = (await command.innerText()).split(" ").at(-1) ?? "";
    const agent = startCommand(["agent", "--hub", server.url, "--join", code, "--name", "db1"], {});
    await page.getByText("db1 has joined: live.").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.locator(".fleet-group", { hasText: /home: 1 machine, 1 live/ }).waitFor();
    await page.locator(".fleet-row", { hasText: "db1" }).getByText("live").waitFor();
    await page.getByRole("button", { name: "More of db1" }).click();
    await page.getByLabel("Name").fill("The database");
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByText("Rename: done.").waitFor();
    await page.getByRole("link", { name: "Its page" }).click();
    await page.locator(".memory .headline .figure-value", { hasText: /\d/ }).waitFor();
    await page.goto(`${server.url}#/boards/fleet`);
    await page.locator(".fleet-link", { hasText: "The database" }).waitFor();
    await agent.stop();
    assert.deepEqual(faults, []);
    await page.close();
  });
});
