import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBoard, startModules } from "./bare.js";
import { skip, soon, startBrowser } from "./harness.js";
import { answerWith, drag, paintedAt } from "./spans.js";

const HOST = {
  cpu: { busyPercent: 5, userPercent: 3, systemPercent: 2, cores: { 0: { busyPercent: 5 }, 1: { busyPercent: 5 } } },
  memory: { totalBytes: 100, usedBytes: 40, usedPercent: 40, availableBytes: 60, cachedBytes: 30, buffersBytes: 0 },
};
const plain = (/** @type {string | null} */ text) => (text ?? "").replaceAll("\u202f", " ");
const many = (/** @type {number} */ count, /** @type {(index: number) => any} */ of) => Object.fromEntries(Array.from({ length: count }, (_, index) => of(index)));

/** What was asked for, from its beginning to its end. @param {import("playwright-core").Page} page */
function answerAsAsked(page) {
  return page.route(/api\/boards\/host\/history\?/, (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const of = (/** @type {string} */ name) => asked.get(name) === "now" ? Date.now() : /s$/.test(asked.get(name) ?? "") ? Date.now() + 1_000 * parseFloat(asked.get(name) ?? "") : Number(asked.get(name));
    const [from, to] = [of("from"), of("to")];
    const values = Array.from({ length: Math.ceil((to - from) / 1_000) }, () => 20);
    return route.fulfill({ json: { from, to, stepMilliseconds: 1_000, series: { "memory.usedPercent": { min: values, average: values, max: values } } } });
  });
}

describe("the page says only what is true", { skip }, () => {
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

  test("backToLiveAsksForWholeSecondsAndWhereThatFailsNoLineIsMadeUp", async () => {
    const { page } = await openBoard(browser, `${modules.url}?span=15m`, { host: HOST }, { before: answerAsAsked });
    await page.waitForFunction(paintedAt, /** @type {[string, number]} */ ([".memory canvas", 0.3]));
    await drag(page, ".cpu .u-over", 0.2, 0.5337);
    await page.locator("#span[data-view=past]").waitFor();
    await page.waitForFunction(() => !(/** @type {any} */ (globalThis).feed.history.past.isLoading));
    await page.unroute(/api\/boards\/host\/history\?/);
    /** @type {string[]} */
    const asked = [];
    await page.route(/api\/boards\/host\/history\?/, (route) => {
      asked.push(new URL(route.request().url()).searchParams.get("from") ?? "");
      return route.fulfill({ status: 400, json: { error: "bad_parameter", message: "not now" } });
    });
    await page.locator(".to-live").click();
    await page.getByText("History n/a: not now").waitFor();
    assert.match(asked[0] ?? "", /^-\d+s$/);
    const across = await page.evaluate(async () => {
      const { feed } = /** @type {any} */ (globalThis);
      const { now } = await import(/** @type {any} */ ("/lib/clock.js"));
      for (let second = 1; second < 4; second++) feed.history.sample(now() + second * 1_000, feed.state);
      const [memory] = [...feed.history.pointing.charts].filter(({ options }) => options.label === "Memory used");
      const { data: [moments, ...lines] } = memory.content;
      const known = (/** @type {number} */ index) => lines.some((line) => line[index] !== null);
      const [from, to] = feed.history.bounds;
      return moments.filter((/** @type {number} */ at, /** @type {number} */ index) => at > from + 0.4 * (to - from) && at < to - 10_000 && known(index)).length;
    });
    assert.equal(across, 0, "points between the end of the past view and now");
    await page.close();
  });

  test("momentThatIsHeldIsTheSameInTextTooltipAndTagsWhileTimeGoesOn", async () => {
    /** @type {Promise<unknown> | undefined} */
    let asked;
    const { page, painted } = await openBoard(browser, modules.url, { host: HOST }, { before: async (each) => {
      let questions = 0; // Only the first is answered.
      await each.route(/\/history\?/, (route) => questions++ === 0 ? route.continue() : undefined);
      asked = each.waitForResponse(/\/history\?/);
    } });
    await page.waitForFunction(() => document.querySelector(".memory canvas"));
    // What the server kept is there: it would take the place of the seconds that are made up here.
    await asked;
    await page.waitForFunction(() => !(/** @type {any} */ (globalThis).feed.history.past.isLoading));
    // Time goes on as this test says, and not each second.
    await page.evaluate(() => void (/** @type {any} */ (globalThis).feed.seconds.tick = () => {}));
    const live = (/** @type {number} */ seconds) => page.evaluate(async (count) => {
      const { feed } = /** @type {any} */ (globalThis);
      for (let second = 0; second < count; second++) {
        const percent = 10 + (feed.history.rings.newest / 1_000) % 80;
        feed.history.sample(feed.history.rings.newest + 1_000, { ...feed.state, memory: { ...feed.state.memory, usedPercent: percent } });
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }
    }, seconds);
    await live(40);
    await page.locator(".moments input").focus();
    for (let press = 0; press < 20; press++) await page.keyboard.press("ArrowLeft");
    await painted();
    const said = async () => ({
      slider: plain(await page.locator(".moments input").getAttribute("aria-valuetext")),
      tag: plain(await page.locator(".memory .chart-tag").first().textContent()),
      tooltip: plain(await page.locator(".moment").innerText()),
      value: Number(await page.locator(".moments input").inputValue()),
    });
    const first = await said();
    assert.match(first.slider, new RegExp(`Memory used: used ${first.tag}`), JSON.stringify(first));
    await live(5);
    const later = await said();
    assert.deepEqual({ ...later, value: 0 }, { ...first, value: 0 });
    assert.equal(later.value, first.value - 5, "the slider is where the moment is");
    await page.close();
  });

  test("partsOfTheCpuAreNeverMoreThanTheWhole", async () => {
    const over = { busyPercent: 100, userPercent: 83, systemPercent: 19, nicePercent: 0, ioWaitPercent: 2, stealPercent: 0, cores: HOST.cpu.cores };
    const { page, push, painted } = await openBoard(browser, modules.url, { host: HOST });
    await page.waitForFunction(() => document.querySelector(".cpu canvas"));
    await push("host", { cpu: over });
    await page.evaluate(() => {
      const { feed } = /** @type {any} */ (globalThis);
      for (let second = 1; second < 5; second++) feed.history.sample(feed.history.rings.newest + 1_000, feed.state);
    });
    await painted();
    const parts = await page.locator(".cpu .legend .figure-value").allInnerTexts();
    const sum = parts.map(Number).reduce((all, one) => all + one, 0);
    assert.ok(sum <= 101, `${parts}: each is rounded`);
    await soon(async () => assert.match(plain(await page.locator(".cpu .chart").getAttribute("aria-label")), /highest 100 %/));
    const top = await page.evaluate(() => {
      const [cpu] = [.../** @type {any} */ (globalThis).feed.history.pointing.charts];
      return Math.max(...cpu.content.data.slice(1).flat());
    });
    assert.ok(top <= 100, `the stack reaches ${top}`);
    await page.close();
  });

  test("uptimeStandsStillWhileNothingIsHeard", async () => {
    const { page, push } = await openBoard(browser, modules.url, { host: HOST }, { before: async (each) => {
      await each.clock.install();
      await each.route("**/api/boards/host/facts", (route) => route.fulfill({ json: { name: "web1", bootedAt: Date.now() - 130 * 60_000 } }));
    } });
    await push("host", { cpu: { busyPercent: 6 } });
    await page.evaluate(() => {
      const { feed, want } = /** @type {any} */ (globalThis);
      return want.call(feed.facts, feed.epoch);
    });
    const uptime = page.locator(".uptime-value");
    await page.waitForFunction(() => /^2\sh/.test(document.querySelector(".uptime-value")?.textContent ?? ""));
    await page.clock.fastForward("40:00");
    await page.waitForFunction(() => document.querySelector(".connection-word")?.textContent === "stale");
    await page.clock.runFor(2_000);
    await soon(async () => assert.match(plain(await uptime.textContent()), /^2 h (9|10|11) min/));
    await page.close();
  });

  test("pictureNamesEachChartOnce", async () => {
    const { page } = await openBoard(browser, modules.url, { host: HOST });
    const subjects = await page.evaluate(async () => {
      const { subject } = await import(/** @type {any} */ ("/lib/picture.js"));
      const of = (/** @type {string} */ label, /** @type {string[]} */ ...names) => subject({ label, series: names.map((name) => ({ name })) });
      return [of("eth0 received", "received", "sent"), of("sda read", "read", "written"), of("CPU in use", "user", "system"), of("Memory used", "used")];
    });
    assert.deepEqual(subjects, ["eth0", "sda", "CPU in use", "Memory used"]);
    await page.close();
  });

  test("rowIsNeverPaintedBeforeItIsWhole", async () => {
    const whole = { name: "sh", user: "root", cpuPercent: 1, residentBytes: 1 };
    const { page, push, painted } = await openBoard(browser, modules.url, { host: HOST, processes: { processes: { 1: whole } } });
    await page.getByText("sh", { exact: true }).waitFor();
    await page.evaluate(() => {
      const seen = { empty: 0 };
      Object.assign(globalThis, { seen });
      const look = () => {
        seen.empty += Number([...document.querySelectorAll(".processes-table tbody tr, .network .row, .disks .row")].some((row) => /…/.test(row.textContent ?? "") || row.querySelector("th, .row-name")?.textContent === ""));
        requestAnimationFrame(look);
      };
      // Asked for after the page's own job of that frame: it sees what is painted.
      requestAnimationFrame(look);
    });
    for (let id = 2; id < 12; id++) {
      await push("processes", { processes: { [id]: { cpuPercent: 50 + id }, [100 + id]: { ...whole, cpuPercent: 90 + id } } });
      await push("host", { network: { interfaces: { [`eth${id}`]: { up: true, receivedBytesPerSecond: id, sentBytesPerSecond: id } } }, disks: { [`sd${id}`]: { busyPercent: id } } });
      await painted();
    }
    await soon(async () => assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).seen.empty), 0));
    await page.close();
  });

  test("figuresBesideChartsOfThePastSayThatTheyAreOfNowAndNothingIsCalledLive", async () => {
    const { page } = await openBoard(browser, `${modules.url}?span=1h`, { host: HOST }, { before: (each) => answerWith(each, () => ({ min: 20, average: 20, max: 20 })) });
    await page.waitForFunction(() => document.querySelector(".connection-word")?.textContent === "live");
    await soon(async () => assert.equal(await page.locator(".now-mark:visible").count(), 0));
    await page.getByRole("button", { name: "Earlier" }).click();
    await page.waitForFunction(() => document.querySelector(".connection-word")?.textContent === "connected");
    const cards = await page.locator(".card:visible").count();
    await soon(async () => assert.equal(await page.getByText("figures of now").filter({ visible: true }).count(), cards));
    const [word, good] = await page.evaluate(() => [".connection-word", ".dot"].map((one) => {
      const style = getComputedStyle(/** @type {Element} */ (document.querySelector(one)));
      return one === ".dot" ? style.backgroundColor : style.color;
    }));
    const green = await page.evaluate(() => {
      const probe = document.createElement("i");
      probe.style.color = "var(--good)";
      document.body.append(probe);
      return getComputedStyle(probe).color;
    });
    assert.ok(word !== green && good !== green, "not green");
    await page.locator(".to-live").click();
    await page.waitForFunction(() => document.querySelector(".connection-word")?.textContent === "live");
    await soon(async () => assert.equal(await page.locator(".now-mark:visible").count(), 0));
    await page.close();
  });

  test("whatIsWrongIsAmongTheRowsThatAreVisible", async () => {
    const filesystems = many(12, (index) => [`/data${index}`, { usedPercent: 10 + index, totalBytes: 10, usedBytes: 5, freeBytes: 5 }]);
    const disks = many(10, (index) => [`sd${index}`, { busyPercent: 1 }]);
    const interfaces = many(24, (index) => [`br-${index}`, { up: true, receivedBytesPerSecond: 0, sentBytesPerSecond: 0 }]);
    const host = { ...HOST, filesystems: { ...filesystems, "/nfs": { unavailable: "does not answer" } }, disks: { ...disks, sd8: { busyPercent: 40 }, sd9: { busyPercent: 93 } },
      network: { interfaces: { ...interfaces, eth9: { up: false, receiveErrorsPerSecond: 3 } } } };
    const { page, push } = await openBoard(browser, modules.url, { host });
    const first = (/** @type {string} */ card) => page.locator(`.${card} .row .row-name`).first();
    await first("filesystems").getByText("/nfs").waitFor();
    await first("disks").getByText("sd9").waitFor();
    await first("network").getByText("eth9").waitFor();
    await page.getByRole("button", { name: "by fullness" }).click();
    await soon(async () => assert.equal(await first("filesystems").innerText(), "/nfs"));
    await push("host", { disks: { sd9: { busyPercent: 2 } }, filesystems: { "/data11": { usedPercent: 95 } } });
    await page.locator(".disks .row-name").getByText("sd8").waitFor();
    await soon(async () => assert.deepEqual(await page.locator(".filesystems .row-name").allInnerTexts().then((names) => names.slice(0, 2)), ["/nfs", "/data11"]));
    await soon(async () => assert.equal(await page.locator(".disks .row").count(), 6));
    await page.close();
  });
});
