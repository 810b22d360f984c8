// What an update of the list of machines costs the browser: a thousand rows beside fifty, each with every third machine's figures new.
import { openBoard, startModules } from "../browser/bare.js";
import { startBrowser } from "../browser/harness.js";

const ROUNDS = 200;
const WARM = 40;

const [modules, browser] = await Promise.all([startModules(), startBrowser()]);
const { page } = await openBoard(browser, modules.url, { host: {}, boards: { host: { title: "Host", kind: "host" } } });
const measure = (/** @type {number} */ count) => page.evaluate(async ([count, rounds, warm]) => {
  const { createList } = await import(new URL("boards/fleet/list.js", document.baseURI).href);
  const list = createList(() => {});
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  main.replaceChildren(list.element);
  /** @type {Record<string, object>} */
  let hosts = {};
  const figures = (/** @type {number} */ index, /** @type {number} */ round) => ({
    name: `web${index}`, state: "live", cpuBusyPercent: (index * 7 + round * 3) % 100, memoryUsedPercent: (index + round) % 90, load1: round % 4, coreCount: 4,
    fullestFilesystemPercent: 50, fullestFilesystem: "/", receivedBytesPerSecond: round * 1_000, sentBytesPerSecond: 500,
  });
  for (let index = 0; index < count; index++) hosts[`web${index}`] = figures(index, 0);
  let spent = 0;
  for (let round = 0; round < rounds; round++) {
    hosts = { ...hosts };
    for (let index = round % 3; index < count; index += 3) hosts[`web${index}`] = figures(index, round);
    const began = performance.now();
    list.show(hosts);
    void main.offsetHeight; // Its layout, too.
    if (round >= warm) spent += performance.now() - began;
  }
  list.remove();
  return spent / (rounds - warm);
}, /** @type {[number, number, number]} */ ([count, ROUNDS, WARM]));
const few = await measure(50);
const many = await measure(1_000);
console.log(`\nAn update of the list of machines, one third of them new: 1,000 rows ${many.toFixed(2)} ms; floor, 50 rows: ${few.toFixed(2)} ms; ratio ${(many / few).toFixed(1)}`);
await browser.close();
modules.stop();
