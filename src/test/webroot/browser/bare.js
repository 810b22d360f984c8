import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { newPage, repository } from "./harness.js";

/** @typedef {import("playwright-core").Page} Page */

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** The page's own modules as they are in webroot, and no server behind them: what the boards say is up to the test. @param {string} [webroot] */
export async function startModules(webroot = `${repository}webroot`) {
  const server = createServer(async ({ url = "" }, answer) => {
    const path = new URL(url, "http://page").pathname;
    if (path.startsWith("/api/")) return answer.end(JSON.stringify({ from: Date.now() - 120_000, to: Date.now(), stepMilliseconds: 1_000, series: {}, kept: { ok: true } }));
    try {
      const text = await readFile(`${webroot}${path === "/" ? "/index.html" : path}`);
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
 * The page in a real browser, its boards fed by hand. It begins with the host board, where the address names no other.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url of the modules, with a span or a board if another than usual is wanted
 * @param {Record<string, any>} boards the states by their names
 * @param {import("playwright-core").BrowserContextOptions & { before?: (page: Page) => Promise<unknown>, ats?: Record<string, number>, scopes?: string[] }} [options]
 *   before: what has to be there first; ats: when boards that say no more were last heard of; scopes: what whoever looks may do
 */
export async function openBoard(browser, url, boards, { before, ats = {}, scopes = [], ...options } = {}) {
  const { page, faults } = await newPage(browser, options);
  await before?.(page);
  await page.goto(url);
  await page.evaluate(startShell, /** @type {[Record<string, any>, Record<string, number>, string[]]} */ ([boards, ats, scopes]));
  /** Sends a change of a board, as the server would. @param {string} board @param {any} patch */
  const push = (board, patch) => page.evaluate(([name, change]) => /** @type {any} */ (globalThis).push(name, change), [board, patch]);
  /** Waits until what has been pushed is painted. */
  const painted = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await painted();
  return { page, faults, push, painted };
}

/** Runs in the page. @param {[Record<string, any>, Record<string, number>, string[]]} what */
async function startShell([boards, ats, scopes]) {
  const { ServerClock } = await import(/** @type {any} */ ("/lib/clock.js"));
  const { Facts } = await import(/** @type {any} */ ("/lib/facts.js"));
  const { mergePatch } = await import(/** @type {any} */ ("/lib/merge-patch.js"));
  const { Shell } = await import(/** @type {any} */ ("/views/shell.js"));
  const pages = await import(/** @type {any} */ ("/boards/pages.js"));
  const members = new Map();
  const seqs = new Map();
  const session = { mayRead: () => true, who: { isOpen: false, name: "test", scopes }, trouble: "", check: async () => {}, listen: (/** @type {() => void} */ act) => (act(), () => {}) };
  const bus = {
    session,
    clock: new ServerClock(),
    connection: { phase: "open", transport: "WebSocket", reason: "", restartingAt: 0, start: () => () => {} },
    join: (/** @type {string} */ address, /** @type {any} */ member) => {
      members.set(address, (members.get(address) ?? new Set()).add(member));
      member.opened();
      return () => members.get(address)?.delete(member);
    },
    request: async (/** @type {string} */ address) => {
      const name = address.split(".")[1] ?? "";
      seqs.set(name, 1);
      return { epoch: "e", seq: 1, at: ats[name] ?? Date.now(), state: boards[name] ?? {} };
    },
  };
  const push = (/** @type {string} */ name, /** @type {any} */ patch) => {
    boards[name] = mergePatch(boards[name], patch);
    seqs.set(name, seqs.get(name) + 1);
    for (const member of members.get(`board.${name}.changes`) ?? []) member.message({ epoch: "e", seq: seqs.get(name), at: Date.now(), patch });
  };
  const { want } = Facts.prototype;
  Facts.prototype.want = async () => {}; // There is nobody to be asked, unless a test says otherwise.
  const shell = new Shell(bus, pages, () => {});
  shell.start();
  addEventListener("hashchange", () => shell.show());
  Object.assign(globalThis, { feed: shell.feed, push, want });
  await pages.pageOf("host");
}
