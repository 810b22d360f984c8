// The first load of the page without a cache: node first-load.js [OTHER JAR] [ROUNDS]. Requests, bytes on the wire and the
// time until the first pushed figure is on the page, through a relay on loopback that holds every byte back for half of a round
// trip in each direction. Builds take turns, so that a busy machine disturbs all alike; the median of the rounds is shown.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { repository, startBrowser } from "../browser/harness.js";

const ROUND_TRIPS_MS = [0, 50, 150];
const others = process.argv.slice(2).filter((argument) => argument.endsWith(".jar"));
const jars = [`${repository}target/pulseboard.jar`, ...others];
const rounds = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 5);

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** @param {string} jar */
async function start(jar) {
  const state = mkdtempSync(join(tmpdir(), "pulseboard-load-"));
  const child = spawn("java", ["@src/main/packaging/jvm.options", "-jar", jar, "--port", "0"],
    { cwd: repository, env: { ...process.env, XDG_STATE_HOME: state }, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (!port) continue;
    child.stdout.resume();
    return { port: Number(port), stop: () => {
      child.kill("SIGKILL");
      rmSync(state, { recursive: true, force: true });
    } };
  }
  throw new Error(`${jar} ended before it was ready`);
}

/** Connects, and passes everything on, half a round trip later; connecting costs a whole one. @param {number} port @param {number} roundTrip */
async function startRelay(port, roundTrip) {
  const counted = { received: 0 };
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const later = (/** @type {number} */ milliseconds, /** @type {() => void} */ then) => milliseconds > 0 ? void setTimeout(then, milliseconds) : then();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: "127.0.0.1", noDelay: true });
    for (const [from, to, wait] of /** @type {[import("node:net").Socket, import("node:net").Socket, number][]} */
      ([[near, far, roundTrip * 1.5], [far, near, roundTrip / 2]])) {
      sockets.add(from);
      // What comes with the first bytes of a client waits for the handshake of TCP, too; what follows is in time by then.
      let first = true;
      let due = 0;
      from.on("data", (bytes) => {
        if (from === far) counted.received += bytes.length;
        const time = performance.now();
        due = Math.max(due, time + (first ? wait : roundTrip / 2));
        first = false;
        later(due - time, () => to.write(bytes));
      });
      from.on("end", () => later(roundTrip, () => to.end())).on("error", () => to.destroy());
    }
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${address.port}/`, counted, stop: () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  } };
}

/** @param {import("playwright-core").Browser} browser @param {number} port @param {number} roundTrip */
async function load(browser, port, roundTrip) {
  const relay = await startRelay(port, roundTrip);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    let requests = 0;
    session.on("Network.requestWillBeSent", () => requests++);
    session.on("Network.webSocketCreated", () => requests++);
    await page.addInitScript(() => {
      const look = () => {
        const live = document.querySelector(".connection-word")?.textContent === "live" && /\d/.test(document.querySelector("section.cpu")?.textContent ?? "");
        if (live) /** @type {any} */ (globalThis).liveAt = performance.now();
        else setTimeout(look, 5);
      };
      look();
    });
    await page.goto(relay.url, { waitUntil: "commit" });
    const live = await (await page.waitForFunction(() => /** @type {any} */ (globalThis).liveAt, undefined, { timeout: 60_000, polling: 50 })).jsonValue();
    await page.waitForLoadState("networkidle").catch(() => {});
    return { requests, kilobytes: relay.counted.received / 1000, live: Number(live) };
  } finally {
    await context.close();
    relay.stop();
  }
}

const servers = await Promise.all(jars.map(start));
const browser = await startBrowser();
try {
  for (const { port } of servers) await load(browser, port, 0); // The browser and the program get warm.
  console.log(`First load without a cache, median of ${rounds}; live: the first pushed figure is on the page\n`);
  console.log("| round trip | requests | kB on the wire | live after ms |" + (jars.length > 1 ? " beside the other build: requests, kB, live |" : ""));
  console.log("|---|---|---|---|" + (jars.length > 1 ? "---|" : ""));
  for (const roundTrip of ROUND_TRIPS_MS) {
    /** @type {{ requests: number, kilobytes: number, live: number }[][]} */
    const found = servers.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const [index, { port }] of servers.entries()) found[index]?.push(await load(browser, port, roundTrip));
    }
    const [own, other] = found.map((each) => (/** @type {"requests" | "kilobytes" | "live"} */ key) => median(each.map((one) => one[key])));
    if (!own) continue;
    const beside = other && /** @type {const} */ (["requests", "kilobytes", "live"]).map((key) => `${other(key).toFixed(0)} (× ${(own(key) / other(key)).toFixed(2)})`);
    console.log(`| ${roundTrip} ms | ${own("requests")} | ${own("kilobytes").toFixed(1)} | ${own("live").toFixed(0)} |${beside ? ` ${beside.join(", ")} |` : ""}`);
  }
} finally {
  await browser.close();
  for (const server of servers) server.stop();
}
