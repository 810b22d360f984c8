import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const jar = `${repository}target/pulseboard.jar`;
/** As "make run" starts it. */
const shipped = "java @src/main/packaging/jvm.options -XX:SharedArchiveFile=target/pulseboard.jsa -jar target/pulseboard.jar";
/** Another server that speaks the same protocol; not by a name that the program would take for a setting. */
const [command = "java", ...prefix] = (process.env.SERVER_COMMAND ?? shipped).split(" ");
const chrome = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why browser tests cannot run here, or false. In CI a missing part is a failure, so nothing is skipped there. */
export const skip = !process.env.CI && missing();

function missing() {
  if (!process.env.SERVER_COMMAND && !existsSync(jar)) return `${jar} is not built`;
  return existsSync(chrome) ? false : `${chrome} is not there`;
}

/** For users and tokens: a folder of its own, so that those of whoever runs the tests do not count. */
const states = mkdtempSync(join(tmpdir(), "pulseboard-state-"));
process.once("exit", () => rmSync(states, { recursive: true, force: true }));
export const newState = () => mkdtempSync(join(states, "state-"));

/** A command of the real program, such as "user add". @param {string} state @param {string[]} args @param {string} [input] @returns {string} */
export function run(state, args, input = "") {
  // Where the package is installed, XDG_STATE_HOME alone would mean the users of its service.
  const env = { ...process.env, PULSEBOARD_AUTH_FOLDER: join(state, "pulseboard") };
  return execFileSync(command, [...prefix, ...args], { cwd: repository, encoding: "utf8", input, env });
}

/** What a command of the real program says on both streams until it ends, in whatever way. @param {string[]} args @param {Record<string, string>} settings */
export function saidBy(args, settings) {
  const { stdout, stderr } = spawnSync(command, [...prefix, ...args], { cwd: repository, encoding: "utf8", env: { ...process.env, XDG_STATE_HOME: newState(), ...settings } });
  return stdout + stderr;
}

/** A command that goes on until it is stopped, such as "agent". @param {string[]} args @param {Record<string, string>} settings */
export function startCommand(args, settings) {
  const env = { ...process.env, XDG_STATE_HOME: newState(), ...settings };
  const child = spawn(command, [...prefix, ...args], { cwd: repository, env, stdio: ["ignore", "ignore", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  return { stop };
}

/**
 * @typedef {{ url: string, port: string, stop: () => Promise<void>, terminate: () => Promise<void>, freeze: () => void, thaw: () => void }} Server
 */

/**
 * The real server as a child process, ready when this resolves.
 * @param {string} [port]
 * @param {Record<string, string>} [settings] environment variables
 * @param {...string} flags
 * @returns {Promise<Server>}
 */
export function startServer(port = "0", settings = {}, ...flags) {
  return startProgram([command, ...prefix, "--port", port, ...flags], settings);
}

/**
 * This machine, sent to the server at that address under another name.
 * @param {string} url @param {string} tokenFile
 * @returns {(signal: "SIGKILL" | "SIGTERM") => Promise<void>} ends it
 */
export function startAgent(url, tokenFile) {
  const env = { ...process.env, XDG_STATE_HOME: newState() };
  const child = spawn(command, [...prefix, "agent", "--hub", url, "--token-file", tokenFile], { cwd: repository, env, stdio: ["ignore", "ignore", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  return async (signal) => {
    child.kill(signal);
    await gone;
  };
}

/** @param {string[]} words the command @param {Record<string, string>} [settings] environment variables @returns {Promise<Server>} */
export async function startProgram([program = "java", ...words], settings = {}) {
  const env = { ...process.env, XDG_STATE_HOME: newState(), ...settings };
  const child = spawn(program, words, { cwd: repository, env, stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const end = (/** @type {"SIGKILL" | "SIGTERM"} */ signal) => async () => {
    child.kill(signal);
    await gone;
  };
  const [stop, terminate] = [end("SIGKILL"), end("SIGTERM")];
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
    if (!url) continue;
    child.stdout.resume(); // A full pipe would stop the server.
    return { url: `${url[0]}/`, port: String(url[1]), stop, terminate, freeze: () => child.kill("SIGSTOP"), thaw: () => child.kill("SIGCONT") };
  }
  throw new Error("the server ended before it was ready");
}

let printed = "";

/** A setting of the real server as it is without any configuration. @param {string} name without its section */
export function defaultOf(name) {
  printed ||= execFileSync(command, [...prefix, "--print-config"], { cwd: repository, encoding: "utf8" });
  return new RegExp(`^  ${name}: (\\S+)`, "m").exec(printed)?.[1];
}

/**
 * A proxy in front of a server on that port, which answers 502 while there is none.
 * @param {string} port
 * @param {(path: string) => Record<string, string>} [change] request headers to replace
 */
export async function startProxy(port, change = () => ({})) {
  const proxy = createServer((request, answer) => {
    const { method, url: path } = request;
    const headers = { ...request.headers, ...change(path ?? "") };
    const asked = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(answer);
    });
    asked.on("error", () => answer.headersSent ? answer.destroy() : answer.writeHead(502).end());
    answer.on("close", () => asked.destroy());
    request.pipe(asked);
  });
  proxy.on("upgrade", (request, near) => {
    const far = connect(Number(port), "127.0.0.1", () => {
      const lines = Object.entries({ ...request.headers, ...change(request.url ?? "") }).map(([name, value]) => `${name}: ${value}`);
      far.write(`GET ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      far.pipe(near).pipe(far);
    });
    far.on("error", () => near.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n"));
    near.on("error", () => far.destroy());
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", () => resolve(undefined)));
  const stop = () => {
    proxy.closeAllConnections();
    proxy.close();
  };
  return { url: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (proxy.address()).port}/`, stop };
}

export function startBrowser() {
  const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: chrome, args });
}

/** How long to wait for what must come: far longer than it takes, for a busy machine is no fault. */
const PATIENCE_MS = 120_000;

/** How many times slower than it is the browser's processor shall seem, to find the tests that do not wait for what they look at. */
const slower = Number(process.env.SLOWER ?? 1);

/**
 * A page that notes whatever goes wrong in it.
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function newPage(browser, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(PATIENCE_MS);
  if (slower > 1) await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: slower });
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // Where the machine is so busy that a sample is late, or an answer not ready, the server says so, and the page asks again.
    const { url } = message.location();
    const isBusy = url.endsWith("/api/health") || / 503 /.test(message.text());
    if (message.type() === "error" && !isBusy) faults.push(`${message.text()} ${url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { page, faults };
}

/** Without the tries for a WebSocket that a busy machine answers too late: the page makes another. @param {string[]} faults */
export function serious(faults) {
  return faults.filter((fault) => !fault.startsWith("WebSocket connection to"));
}

/** As with a browser, or behind a proxy, that lets no WebSocket through. @param {import("playwright-core").Page} page */
export function blockWebSockets(page) {
  return page.addInitScript(() => {
    Object.defineProperty(globalThis, "WebSocket", {
      value: function WebSocket() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });
}

/** In a past view "live" is another word for people. @param {import("playwright-core").Page} page @param {string} word */
export function connectionIs(page, word) {
  return page.waitForFunction((wanted) => document.body.dataset.connection === wanted, word, { timeout: PATIENCE_MS });
}

/**
 * Tries it until it holds, for what a page shows after a key or a click comes a frame or more later, on a busy machine much later.
 * @template T
 * @param {() => Promise<T>} holds throws until then
 * @returns {Promise<T>} what it gave at last
 */
export async function soon(holds) {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** What axe finds wrong with the page as it is now: each rule, with the elements that break it. @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
export async function accessibilityFaults(page) {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  // Not among those that axe has on by itself: a button is called by what is on it.
  const wanted = { "label-content-name-mismatch": { enabled: true } };
  return page.evaluate(async (rules) => {
    // A colour on its way from one to another has the contrast of neither.
    await Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map(({ finished }) => finished));
    const { violations } = await /** @type {any} */ (globalThis).axe.run({ rules });
    // What stands at the line of a moment are figures for the eye, no part of what a chart is called.
    const isOfMoment = (/** @type {any} */ { target }) => document.querySelector(target[0])?.querySelector(":scope > .chart-tag:not([hidden])");
    const told = violations.map((/** @type {any} */ { id, nodes }) => ({
      id,
      nodes: id === "label-content-name-mismatch" ? nodes.filter((/** @type {any} */ node) => !isOfMoment(node)) : nodes,
    }));
    return told
      .filter((/** @type {any} */ { nodes }) => nodes.length > 0)
      .map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html).join(" ")}`);
  }, wanted);
}
