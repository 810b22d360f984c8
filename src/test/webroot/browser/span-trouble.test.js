import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, newState, skip, soon, startBrowser, startServer } from "./harness.js";
import { answerWith, boundsAre, boundsOf, drawn, hearsMore, historyRequests, restingBox, viewIs } from "./spans.js";

describe("the span of the charts where something is wrong", { skip }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  test("serverThatGoesAwayDuringAZoomIsNamedAndWhatWasDrawnStaysAndComesAnewByItself", async () => {
    let server = await startServer();
    const { page } = await newPage(browser);
    try {
      const asked = historyRequests(page);
      await page.goto(`${server.url}?span=15m`);
      await connectionIs(page, "live");
      await asked.answers(1);
      await page.waitForFunction(drawn, ".processes canvas");
      await server.stop();
      await page.click("[aria-label='Zoom in']");
      await page.getByText(/History n\/a: the server cannot be reached; trying again/).waitFor();
      await page.waitForFunction(drawn, ".processes canvas"); // With the next frame.
      const [from, to] = await page.evaluate(boundsOf);
      assert.equal(Number(to) - Number(from), 450_000);
      server = await startServer(server.port);
      await connectionIs(page, "live");
      await page.locator(".span-note:empty").waitFor({ state: "attached" });
      assert.match(asked.urls.at(-1) ?? "", /from=-450s/);
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("historyThatIsNotKeptIsNamedWhereSomebodyLooksSoFarBackAndTheLastMinutesAreThere", async () => {
    const server = await startServer("0", { PULSEBOARD_HISTORY_DAYS: "0" });
    const { page, faults } = await newPage(browser);
    try {
      const asked = historyRequests(page);
      await page.goto(server.url);
      await connectionIs(page, "live");
      await asked.answers(1);
      await page.click("text=/^15.min$/");
      await asked.answers(2);
      await page.waitForFunction(drawn, ".processes canvas");
      await soon(async () => assert.equal(await page.textContent(".span-note"), ""));
      await page.click("text=/^24.h$/");
      await page.getByText("The last 15 minutes are all there is: more is n/a, because the setting history.days is 0.").first().waitFor();
      await page.click("text=/^2.min$/");
      await page.locator(".span-note:empty").waitFor({ state: "attached" });
      await page.click(".export summary");
      await page.locator(".export").getByText("n/a, because the setting history.days is 0").waitFor();
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("serversOwnReasonIsShownAndARefusalIsNotRepeated", async () => {
    const server = await startServer();
    const { page } = await newPage(browser);
    try {
      const asked = historyRequests(page);
      await page.route(/host\/history\?.*from=-3600s/, (route) => route.fulfill({ status: 400, json: { error: "bad_parameter", message: "that is too much at once" } }));
      await page.goto(`${server.url}?span=1h`);
      await page.getByText(/^History n\/a: that is too much at once$/).waitFor();
      await hearsMore(page, 4); // A failure would be tried again after two seconds.
      assert.equal(asked.urls.length, 1);
    } finally {
      await page.close();
      await server.stop();
    }
  });

  test("fingerSidewaysPansTwoZoomAndUpOrDownScrollsThePage", async () => {
    const server = await startServer();
    const { page } = await newPage(browser, { viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true });
    try {
      await answerWith(page, () => ({ min: 1, average: 2, max: 3 }));
      await page.goto(`${server.url}?span=6h`);
      await connectionIs(page, "live");
      await page.waitForLoadState("networkidle");
      const client = await page.context().newCDPSession(page);
      let box = await restingBox(page.locator(".cpu .chart"));
      const touch = (/** @type {"touchStart" | "touchMove" | "touchEnd"} */ type, /** @type {[number, number][]} */ ...points) =>
        client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x: box.x + x * box.width, y: box.y + y, id })) });
      const live = await page.evaluate(boundsOf);
      await touch("touchStart", [0.2, 60]);
      for (const x of [0.25, 0.3, 0.4, 0.5, 0.7]) await touch("touchMove", [x, 61]);
      await touch("touchEnd");
      await viewIs(page, "past");
      const end = (/** @type {[number, number]} */ [, to]) => (live[1] - to) / 21_600_000;
      await boundsAre(page, (bounds) => Math.abs(end(bounds) - 0.5) < 0.05, "the content stays below the finger: half a width");
      box = await restingBox(page.locator(".cpu .chart"));
      await touch("touchStart", [0.4, 60], [0.6, 60]);
      for (const by of [0.02, 0.05, 0.1]) await touch("touchMove", [0.4 - by, 60], [0.6 + by, 60]);
      await touch("touchEnd");
      const [from, to] = await boundsAre(page, (bounds) => Math.abs((bounds[1] - bounds[0]) / 21_600_000 - 0.5) < 0.05, "half as long");
      const before = page.url();
      box = await restingBox(page.locator(".cpu .chart"));
      await touch("touchStart", [0.5, 120]);
      for (const y of [100, 60, 0, -80]) await touch("touchMove", [0.5, y]);
      await touch("touchEnd");
      await page.waitForFunction(() => scrollY > 50);
      await soon(async () => assert.deepEqual(await page.evaluate(boundsOf), [from, to]));
      await soon(async () => assert.equal(page.url(), before));
    } finally {
      await page.close();
      await server.stop();
    }
  });
});
