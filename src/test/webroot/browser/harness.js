import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const jar = `${repository}target/pulseboard.jar`;
/** Another server that speaks the same protocol, such as one under development. */
const [command = "java", ...prefix] = (process.env.PULSEBOARD_COMMAND ?? `java -jar ${jar}`).split(" ");
const chrome = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why browser tests cannot run here, or false. In CI a missing part is a failure, so nothing is skipped there. */
export const skip = !process.env.CI && missing();

function missing() {
  if (!process.env.PULSEBOARD_COMMAND && !existsSync(jar)) return `${jar} is not built`;
  return existsSync(chrome) ? false : `${chrome} is not there`;
}

/**
 * @typedef {{ url: string, port: string, stop: () => Promise<void>, freeze: () => void, thaw: () => void }} Server
 */

/**
 * The real server as a child process, ready when this resolves.
 * @param {string} [port]
 * @param {Record<string, string>} [settings] environment variables
 * @returns {Promise<Server>}
 */
export async function startServer(port = "0", settings = {}) {
  const env = { ...process.env, ...settings };
  const child = spawn(command, [...prefix, "--port", port], { cwd: repository, env, stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
    if (!url) continue;
    child.stdout.resume(); // A full pipe would stop the server.
    return { url: `${url[0]}/`, port: String(url[1]), stop, freeze: () => child.kill("SIGSTOP"), thaw: () => child.kill("SIGCONT") };
  }
  throw new Error("the server ended before it was ready");
}

/** A setting of the real server as it is without any configuration. @param {string} name without its section */
export function defaultOf(name) {
  const printed = execFileSync(command, [...prefix, "--print-config"], { cwd: repository, encoding: "utf8" });
  return new RegExp(`^  ${name}: (\\S+)`, "m").exec(printed)?.[1];
}

export function startBrowser() {
  const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: chrome, args });
}

/**
 * A page that notes whatever goes wrong in it.
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function newPage(browser, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { page, faults };
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

/** @param {import("playwright-core").Page} page @param {string} word */
export function connectionIs(page, word) {
  return page.waitForFunction((wanted) => document.querySelector(".connection-word")?.textContent === wanted, word, { timeout: 40_000 });
}
