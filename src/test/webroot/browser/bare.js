import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { newPage, repository } from "./harness.js";

/** @typedef {import("playwright-core").Page} Page */

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** The page's own modules as they are in webroot, and no server behind them: what the board says is up to the test. */
export async function startModules() {
  const server = createServer(async ({ url = "" }, answer) => {
    const path = new URL(url, "http://page").pathname;
    if (path.startsWith("/api/")) return answer.end(JSON.stringify({ from: Date.now() - 120_000, to: Date.now(), stepMilliseconds: 1_000, series: {}, kept: { ok: true } }));
    try {
      const text = await readFile(`${repository}webroot${path === "/" ? "/index.html" : path}`);
      const type = TYPES[/** @type {keyof typeof TYPES} */ (path === "/" ? ".html" : extname(path))] ?? "text/plain";
      // The shell would connect by itself.
      answer.writeHead(200, { "content-type": type }).end(path === "/" ? String(text).replace(/<script type="module".*<\/script>/, "") : text);
    } catch {
      answer.writeHead(404).end("{}");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`, stop };
}

/**
 * The host board in a real browser, fed by hand.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url of the modules, with a span if another than usual is wanted
 * @param {Record<string, any>} boards the states by their names
 * @param {import("playwright-core").BrowserContextOptions & { before?: (page: Page) => Promise<unknown> }} [options] before: what has to be there first
 */
export async function openBoard(browser, url, boards, { before, ...options } = {}) {
  const { page, faults } = await newPage(browser, options);
  await before?.(page);
  await page.goto(url);
  await page.evaluate(mountBoard, boards);
  /** Sends a change of a board, as the server would. @param {string} board @param {any} patch */
  const push = (board, patch) => page.evaluate(([name, change]) => /** @type {any} */ (globalThis).push(name, change), [board, patch]);
  /** Waits until what has been pushed is painted. */
  const painted = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await painted();
  return { page, faults, push, painted };
}

/** Runs in the page. @param {Record<string, any>} boards */
async function mountBoard(boards) {
  const { LiveFeed } = await import(/** @type {any} */ ("/lib/live-feed.js"));
  const { mount } = await import(/** @type {any} */ ("/boards/host.js"));
  const members = new Map();
  const seqs = new Map();
  const session = { mayRead: () => true, who: { isOpen: false, name: "test", scopes: [] }, trouble: "", check: async () => {}, listen: (/** @type {() => void} */ act) => (act(), () => {}) };
  const bus = {
    session,
    connection: { phase: "open", transport: "WebSocket", reason: "", restartingAt: 0 },
    join: (/** @type {string} */ address, /** @type {any} */ member) => {
      members.set(address, member);
      member.opened();
      return () => members.delete(address);
    },
    request: async (/** @type {string} */ address) => {
      const name = address.split(".")[1] ?? "";
      seqs.set(name, 1);
      return { epoch: "e", seq: 1, at: Date.now(), state: boards[name] ?? {} };
    },
  };
  const feed = new LiveFeed(bus, "host");
  const push = (/** @type {string} */ name, /** @type {any} */ patch) => {
    seqs.set(name, seqs.get(name) + 1);
    members.get(`board.${name}.changes`)?.message({ epoch: "e", seq: seqs.get(name), at: Date.now(), patch });
  };
  Object.assign(globalThis, { feed, push });
  feed.start();
  mount(document.body, feed, () => {});
}
