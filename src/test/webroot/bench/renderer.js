/**
 * What the page costs the browser: `node bench/renderer.js [--seconds=N] [OTHER_JAR]`. This build, and the jar of another one beside
 * it in the same run: two servers, two browsers, measured over the same seconds.
 */
import { startBrowser, startProgram, startServer } from "../browser/harness.js";
import { answerWith } from "../browser/spans.js";

/** The cards have come, the history too, and the page's own scripts are compiled. */
const SETTLE_MS = 12_000;
const SIZE = { width: 1440, height: 900 };
const OPTION = "--seconds=";
const [options, jars] = [true, false].map((isOption) => process.argv.slice(2).filter((word) => word.startsWith(OPTION) === isOption));
const seconds = Number(options?.[0]?.slice(OPTION.length) ?? 30);

/**
 * @typedef {{ name: string, server: import("../browser/harness.js").Server, browser: import("playwright-core").Browser }} Build
 * @typedef {{ metrics: () => Promise<Record<string, number>>, close: () => Promise<unknown> }} View
 * @typedef {(build: Build) => Promise<View>} Open
 */

/** How the page is looked at. @type {Record<string, Open>} */
const WAYS = { "2 min": (build) => open(build, ""), "15 min": (build) => open(build, "?span=15m"), "tab behind": openBehind };
/** From Chromium's Performance.getMetrics, in seconds. @type {Record<string, string>} */
const PARTS = { layout: "LayoutDuration", style: "RecalcStyleDuration", script: "ScriptDuration" };

/** @param {string} name @param {string} [jar] @returns {Promise<Build>} */
async function start(name, jar) {
  const program = jar ? startProgram(["java", "-XX:TieredStopAtLevel=1", "-jar", jar, "--port", "0"]) : startServer();
  const [server, browser] = await Promise.all([program, startBrowser()]);
  return { name, server, browser };
}

/** @param {Build} build @param {string} query @returns {Promise<View>} */
async function open({ server, browser }, query) {
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  const wave = (/** @type {number} */ share) => 40 + 20 * Math.sin(9 * share);
  // A server that has just started remembers nothing: both draw the same full lines.
  if (query) await answerWith(page, (share) => ({ min: wave(share) / 2, average: wave(share), max: wave(share) * 1.5 }), 900, 1_000);
  await page.goto(server.url + query);
  await page.waitForFunction(() => document.querySelector(".connection-word")?.textContent === "live");
  const client = await context.newCDPSession(page);
  await client.send("Performance.enable");
  const metrics = async () => Object.fromEntries((await client.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  return { metrics, close: () => context.close() };
}

/** Behind another tab. Not through the test library, which has all its pages believe that they are in front. @param {Build} build @returns {Promise<View>} */
async function openBehind({ server, browser }) {
  const client = await browser.newBrowserCDPSession();
  const { browserContextId } = await client.send("Target.createBrowserContext");
  const add = (/** @type {string} */ url) => client.send("Target.createTarget", { url, browserContextId });
  await add(server.url);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS / 2));
  await add("about:blank");
  return { metrics: async () => ({}), close: () => client.send("Target.disposeBrowserContext", { browserContextId }) };
}

/** Seconds of CPU so far. @param {Build} build @param {View} view @returns {Promise<Record<string, number>>} */
async function cost({ browser }, view) {
  const [metrics, client] = [await view.metrics(), await browser.newBrowserCDPSession()];
  const { processInfo } = await client.send("SystemInfo.getProcessInfo");
  await client.detach();
  const of = (/** @type {string} */ type) => processInfo.filter((one) => one.type === type).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  const parts = Object.entries(PARTS).map(([name, metric]) => [name, metrics[metric] ?? Number.NaN]);
  return { renderer: of("renderer"), ...Object.fromEntries(parts), compositor: of("GPU"), at: performance.now() / 1_000 };
}

const HEADS = ["renderer", ...Object.keys(PARTS), "compositor"];

/** @param {string} way @param {string} name @param {string[]} figures */
function print(way, name, figures) {
  console.log(way.padEnd(12) + name.padEnd(28) + figures.map((figure) => figure.padStart(11)).join(""));
}

/** @param {string} way @param {Open} look @param {Build[]} builds */
async function measure(way, look, builds) {
  const views = await Promise.all(builds.map(look));
  const costs = () => Promise.all(builds.map((build, index) => cost(build, /** @type {View} */ (views[index]))));
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const before = await costs();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const after = await costs();
  const rates = builds.map((_, index) => (/** @type {string} */ key) =>
    1_000 * ((after[index]?.[key] ?? 0) - (before[index]?.[key] ?? 0)) / ((after[index]?.at ?? 0) - (before[index]?.at ?? 0)));
  builds.forEach(({ name }, index) => print(way, name, HEADS.map((head) => rates[index]?.(head)).map((value) => Number.isNaN(value) ? "–" : value?.toFixed(1) ?? "")));
  const [mine, other] = rates.map((rate) => rate("renderer"));
  if (other) print("", "ratio", [((mine ?? 0) / other).toFixed(2)]);
  await Promise.all(views.map((view) => view.close()));
}

const builds = await Promise.all([start("this build"), ...(jars ?? []).map((jar) => start(jar.split("/").slice(-3).join("/"), jar))]);
console.log(`\nThe page in Chromium, ${SIZE.width} x ${SIZE.height}, one change a second: ms of CPU in a second of ${seconds}; 10 are 1 % of a core`);
print("", "", HEADS);
try {
  for (const [way, look] of Object.entries(WAYS)) await measure(way, look, builds);
} finally {
  await Promise.all(builds.flatMap(({ server, browser }) => [browser.close(), server.stop()]));
}
