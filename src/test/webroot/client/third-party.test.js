// What docs/api.md promises to others: the ordinary Vert.x event-bus client, as npm has it, works with the jar.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import EventBus from "@vertx/eventbus-bridge-client.js";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const jar = `${repository}target/pulseboard.jar`;
const skip = !process.env.CI && !existsSync(jar) && `${jar} is not built`;
const limit = { skip, timeout: 240_000 };

/** @type {import("node:child_process").ChildProcess} */
let server;
let url = "";
const state = mkdtempSync(join(tmpdir(), "pulseboard-state-"));

before(async () => {
  if (skip) return;
  const env = { ...process.env, XDG_STATE_HOME: state }; // Not the users of whoever runs this.
  server = spawn("java", ["-jar", jar, "--port", "0"], { cwd: repository, env, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? "";
    if (url) break;
  }
  server.stdout.resume(); // A full pipe would stop the server.
  assert.ok(url, "the server ended before it was ready");
});

after(async () => {
  rmSync(state, { recursive: true, force: true });
  if (!server || server.exitCode !== null) return;
  server.kill("SIGKILL");
  await once(server, "exit");
});

/** RFC 7396, as a third party would write it. */
function mergePatch(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const result = target !== null && typeof target === "object" && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

async function open(transport) {
  const bus = new EventBus(`${url}/eventbus`, { transports: [transport] });
  bus.onerror = (error) => assert.fail(JSON.stringify(error));
  await new Promise((resolve, reject) => {
    bus.onopen = resolve;
    bus.onclose = (event) => reject(new Error(`closed: ${event.reason}`));
  });
  bus.onclose = null;
  assert.equal(bus.sockJSConn.transport, transport);
  return bus;
}

function request(bus, address, question = {}) {
  return new Promise((resolve, reject) => {
    bus.send(address, question, (error, message) => (error ? reject(new Error(error.message)) : resolve(message.body)));
  });
}

/** Registers, then asks for the snapshot, and keeps the state after each number from then on. */
async function follow(bus, board) {
  const states = new Map();
  const early = [];
  let replica;
  let applied = () => {};
  const apply = ({ epoch, seq, patch }) => {
    if (seq <= replica.seq) return;
    assert.equal(epoch, replica.epoch);
    assert.equal(seq, replica.seq + 1, "no hole");
    replica = { epoch, seq, state: mergePatch(replica.state, patch) };
    states.set(seq, replica.state);
    applied();
  };
  bus.registerHandler(`board.${board}.changes`, (error, { body }) => (replica ? apply(body) : early.push(body)));
  replica = await request(bus, `board.${board}.snapshot`);
  states.set(replica.seq, replica.state);
  early.forEach(apply);
  const reach = async (seq) => {
    while (replica.seq < seq) await new Promise((resolve) => (applied = resolve));
    return states.get(seq);
  };
  return { first: replica.seq, reach };
}

for (const transport of ["websocket", "xhr-streaming", "xhr-polling"]) {
  test(`clientOfAThirdPartyFollowsTheHostOver ${transport}`, limit, async () => {
    const bus = await open(transport);
    try {
      const host = await follow(bus, "host");
      await host.reach(host.first + 3);
      const truth = await (await fetch(`${url}/api/boards/host`)).json();
      assert.ok(truth.seq >= host.first + 3);
      assert.deepEqual(await host.reach(truth.seq), truth.state);
    } finally {
      bus.close();
    }
  });

  test(`clientOfAThirdPartyIsToldWhatItMayNotDoOver ${transport}`, limit, async () => {
    const bus = await open(transport);
    try {
      const refusal = new Promise((resolve) => (bus.onerror = resolve));
      bus.publish("board.host.changes", { forged: true });
      assert.equal((await refusal).body, "rejected");
      assert.ok((await request(bus, "board.host.snapshot")).seq > 0, "the socket stays usable");
    } finally {
      bus.close();
    }
  });

  test(`clientOfAThirdPartyAsksForTheHistoryWhileItFollowsOver ${transport}`, limit, async () => {
    const bus = await open(transport);
    try {
      const host = await follow(bus, "host");
      await host.reach(host.first + 2); // By now the history has heard of it, too.
      const answer = await request(bus, "board.host.history", { series: "cpu.busyPercent", from: "-1m", points: 60 });
      assert.equal(answer.series["cpu.busyPercent"].max.length, (answer.to - answer.from) / answer.stepMilliseconds);
      await assert.rejects(request(bus, "board.host.history", { points: "many" }), /points must be a whole number/);
      await host.reach(host.first + 4);
    } finally {
      bus.close();
    }
  });
}
