import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connectionIs, newPage, skip, soon, startBrowser, startServer } from "./harness.js";
import { boundsOf, drag, drawn, hearsMore, historyRequests, knowsMoreThanItHasSeen, viewIs } from "./spans.js";

describe("the span of the charts", { skip }, () => {
  /** @type {import("./harness.js").Server} */
  let server;
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** @param {string} [query] @param {import("playwright-core").BrowserContextOptions} [options] */
  const open = async (query = "", options = {}) => {
    const { page, faults } = await newPage(browser, options);
    const asked = historyRequests(page);
    await page.goto(server.url + query);
    await connectionIs(page, "live");
    await asked.answers(1);
    return { page, faults, asked };
  };

  test("linesAreDrawnAtOnceFromWhatTheServerRemembers", async () => {
    let seconds = 0;
    const end = Date.now() + 60_000;
    while (seconds < 8) { // Nobody looks meanwhile.
      assert.ok(Date.now() < end, `after a minute the server remembers ${seconds} s`);
      const answer = await (await fetch(`${server.url}api/boards/host/history?series=processes.count&from=-60s&points=60`)).json();
      seconds = answer.series["processes.count"].average.filter((/** @type {number | null} */ value) => value !== null).length;
      await new Promise((resolve) => void setTimeout(resolve, 250));
    }
    const { page } = await open();
    await page.waitForFunction(knowsMoreThanItHasSeen);
    await page.waitForFunction(drawn, ".cpu canvas");
    await page.close();
  });

  test("liveViewNeedsNoRequestAfterTheFirst", async () => {
    const { page, asked } = await open();
    let others = 0;
    page.on("request", (request) => void (others += Number(/processes\/history|\/series/.test(request.url()))));
    await hearsMore(page, 4);
    assert.equal(asked.urls.length, 1);
    await page.click("text=/^15.min$/");
    await asked.answers(2);
    await hearsMore(page, 4);
    const [from, to] = await page.evaluate(boundsOf);
    assert.equal(Number(to) - Number(from), 900_000);
    await page.click("text=/^2.min$/");
    await hearsMore(page, 3);
    assert.equal(asked.urls.length, 2, "and none to go back");
    assert.equal(others, 0, "nobody looks at a moment, or so far back");
    await page.close();
  });

  test("drawnSpanIsOneRequestForAllChartsAndALinkToIt", async () => {
    const { page, asked, faults } = await open("?span=1h");
    await drag(page, ".cpu .chart .u-over", 0.4, 0.6);
    await viewIs(page, "past");
    await asked.answers(2);
    const query = new URL(asked.urls[1] ?? "").searchParams;
    const series = query.get("series")?.split(",") ?? [];
    for (const name of ["cpu.userPercent", "memory.usedPercent", "processes.count", "filesystems.*.usedPercent"]) assert.ok(series.includes(name), name);
    const shown = await page.evaluate(boundsOf);
    const span = Number(shown[1]) - Number(shown[0]);
    assert.ok(span > 600_000 && span < 840_000, `a fifth of an hour, not ${span} ms`);
    assert.equal(Number(query.get("to")) - Number(query.get("from")), span);
    const again = await open(new URL(page.url()).search);
    const other = await again.page.evaluate(boundsOf);
    assert.ok(Math.abs(Number(other[0]) - Number(shown[0])) <= 2_000 && Math.abs(Number(other[1]) - Number(shown[1])) <= 2_000, `${other} is not ${shown}`);
    await page.goBack();
    await viewIs(page, "live");
    await soon(async () => assert.match(page.url(), /\?span=1h$/));
    await page.click("text=/^2.min$/");
    await soon(async () => assert.equal(page.url(), server.url));
    assert.deepEqual(faults, []);
    await again.page.close();
    await page.close();
  });

  test("turnsOfTheWheelAreOneRequestAndTheWheelAloneScrolls", async () => {
    const { page, asked } = await open("?span=1h");
    const turn = (/** @type {WheelEventInit} */ how) => page.evaluate((init) => {
      const chart = document.querySelector(".cpu .u-over");
      const { left, width, top } = /** @type {Element} */ (chart).getBoundingClientRect();
      let scrolls = 0;
      for (let count = 0; count < 10; count++) {
        scrolls += Number(chart?.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, clientX: left + width / 2, clientY: top + 9, deltaY: -40, ...init })));
      }
      return scrolls;
    }, how);
    await soon(async () => assert.equal(await turn({}), 10, "left to the browser"));
    await soon(async () => assert.equal(await turn({ ctrlKey: true }), 0));
    await viewIs(page, "past");
    await asked.answers(2);
    assert.equal(asked.urls.length, 2);
    const [from, to] = await page.evaluate(boundsOf);
    assert.equal(Math.round((Number(to) - Number(from)) / 1000), Math.round(3_600 * Math.exp(-1)));
    await turn({ shiftKey: true });
    const [earlier] = await page.evaluate(boundsOf);
    assert.ok(Number(earlier) < Number(from));
    await page.close();
  });

  test("questionThatIsSupersededIsAborted", async () => {
    const { page, asked } = await open();
    await page.route(/host\/history\?.*from=-21600s/, () => undefined); // Never answered.
    let aborted = "";
    page.on("requestfailed", (request) => {
      if (request.url().includes("from=-21600s")) aborted = request.failure()?.errorText ?? "";
    });
    await Promise.all([page.waitForRequest(/from=-21600s/), page.click("text=/^6.h$/")]);
    await page.click("text=/^1.h$/");
    await asked.answers(2);
    await soon(async () => assert.match(aborted, /ABORTED/));
    assert.match(asked.urls.at(-1) ?? "", /from=-3600s/);
    await page.close();
  });

  test("tokenOfADisplayLeavesTheAddressAndTheSpanStays", async () => {
    const { page } = await newPage(browser);
    await page.goto(`${server.url}?span=6h#token=wrong`);
    await connectionIs(page, "live");
    await soon(async () => assert.equal(page.url(), `${server.url}?span=6h`));
    await viewIs(page, "live");
    await page.close();
  });

  test("buttonsZoomAndPanAndLaterAfterEarlierIsLiveAgain", async () => {
    const { page, asked } = await open();
    await page.click("text=/^1.h$/");
    await asked.answers(2);
    await page.click("[aria-label='Zoom in']");
    await page.click("[aria-label='Earlier']");
    await viewIs(page, "past");
    await page.click("[aria-label='Later']");
    await viewIs(page, "live");
    const [from, to] = await page.evaluate(boundsOf);
    assert.equal(Number(to) - Number(from), 1_800_000);
    await page.close();
  });

  for (const [width, query] of /** @type {[number, string][]} */ ([[320, "?span=2y"], [390, "?span=6h&to=2026-01-01T00:00:00Z"], [1280, "?span=6h&to=2026-01-01T00:00:00Z"], [2560, "?span=7d"]])) {
    test(`nothingOverflowsSideways ${width} ${query}`, async () => {
      const { page, faults } = await open(query, { viewport: { width, height: 740 } });
      const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels`);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
});
