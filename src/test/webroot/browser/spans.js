import assert from "node:assert/strict";
import { soon } from "./harness.js";

/** What the tests of the charts' span have in common; the functions without a page run in the browser. */

/** @typedef {import("playwright-core").Page} Page */

/** Notes each question for the board's history. @param {Page} page */
export function historyRequests(page) {
  /** @type {string[]} */
  const urls = [];
  let answered = 0;
  const isOne = (/** @type {string} */ url) => url.includes("/api/boards/host/history?");
  page.on("request", (request) => void (isOne(request.url()) && urls.push(request.url())));
  page.on("response", (response) => void (answered += Number(isOne(response.url()))));
  /** Waits until so many were answered. @param {number} count */
  const answers = async (count) => {
    const isLast = (/** @type {import("playwright-core").Response} */ response) => isOne(response.url()) && answered >= count;
    if (answered < count) await page.waitForResponse(isLast);
  };
  return { urls, answers };
}

/** @param {Page} page @param {"plain" | "live" | "past"} view */
export function viewIs(page, view) {
  return page.locator(`#span[data-view="${view}"]`).waitFor();
}

/** Where it is once nothing above it grows any more: what a page learns late moves all below. @param {import("playwright-core").Locator} element */
export function restingBox(element) {
  return soon(async () => {
    const before = await element.boundingBox();
    await element.page().waitForTimeout(300);
    const box = await element.boundingBox();
    assert.ok(box);
    assert.deepEqual(box, before);
    return box;
  });
}

/** Draws with the mouse. @param {Page} page @param {string} selector @param {number} from share of the width @param {number} to */
export async function drag(page, selector, from, to) {
  const box = await restingBox(page.locator(selector).first());
  await page.mouse.move(box.x + from * box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + to * box.width, box.y + box.height / 2 + 2, { steps: 4 });
  await page.mouse.up();
}

/** Waits until the page has taken so many more seconds. @param {Page} page @param {number} count */
export function hearsMore(page, count) {
  return page.evaluate(async (wanted) => {
    const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
    const first = feed.history.rings.newest;
    await new Promise((resolve) => {
      feed.listen(() => feed.history.rings.newest >= first + wanted * 1000 && resolve(undefined));
    });
  }, count);
}

/** Where the charts begin and end. @returns {Promise<[number, number]>} */
export async function boundsOf() {
  const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
  return feed.history.bounds;
}

/**
 * Waits until the charts begin and end as wanted, for a gesture is followed a frame or more later.
 * @param {Page} page @param {(bounds: [number, number]) => boolean} wanted @param {string} what to say when they never do
 */
export function boundsAre(page, wanted, what) {
  return soon(async () => {
    const bounds = await page.evaluate(boundsOf);
    assert.ok(wanted(bounds), `${what}, not ${bounds.join(" to ")}`);
    return bounds;
  });
}

/** Whether the line of the processes' number has seconds of before the page was opened. @returns {Promise<boolean>} */
export async function knowsMoreThanItHasSeen() {
  const { shell: { feed } } = await import(/** @type {HTMLScriptElement} */ (document.querySelector("script[type=module]")).src);
  const { ring } = feed.history.rings.lines.find((/** @type {{ names: string[] }} */ { names }) => names.includes("processes.count"));
  let known = 0;
  for (let index = 0; index < ring.capacity; index++) known += Number(!Number.isNaN(ring.at(index)));
  return known > performance.now() / 1000 + 3;
}

/** @param {string} selector */
export function drawn(selector) {
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector(selector));
  const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value, index) => index % 4 === 3 && value > 0);
}

/** @typedef {{ min: number | null, average: number | null, max: number | null }} Bucket */

/**
 * Answers in the server's stead, for spans that it has no figures of yet.
 * @param {Page} page
 * @param {(share: number) => Bucket} bucket for each series, from 0 at the left to 1 at the right
 * @param {number} [count] buckets
 * @param {number} [step] milliseconds
 */
export function answerWith(page, bucket, count = 480, step = 180_000) {
  return page.route(/api\/boards\/host\/history\?/, (route) => {
    const names = (new URL(route.request().url()).searchParams.get("series") ?? "").split(",").filter((name) => !name.includes("*"));
    const to = Math.ceil(Date.now() / step) * step;
    const buckets = Array.from({ length: count }, (_, index) => bucket((index + 0.5) / count));
    const column = { min: buckets.map(({ min }) => min), average: buckets.map(({ average }) => average), max: buckets.map(({ max }) => max) };
    return route.fulfill({ json: { from: to - count * step, to, stepMilliseconds: step, series: Object.fromEntries(names.map((name) => [name, column])) } });
  });
}

/**
 * How many pixels are painted in that column, or the fewest of several: a line of the grid, which goes from top to bottom, may be in any one,
 * depending on the clock. @param {[string, ...number[]]} where the canvas, and shares of the width of its lines
 */
export function paintedAt([selector, ...shares]) {
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector(selector));
  if (!canvas) return 0;
  const lines = Number(canvas.parentElement?.querySelector(".u-over")?.clientWidth) / canvas.clientWidth; // Its scale is beside them.
  return Math.min(...shares.map((share) => {
    const pixels = canvas.getContext("2d")?.getImageData(Math.round(share * lines * canvas.width), 0, 1, canvas.height).data ?? [];
    return pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
  }));
}
