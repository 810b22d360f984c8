import assert from "node:assert/strict";
import { test } from "node:test";
import { Replica } from "../../../webroot/lib/feed.js";
import { mergePatch } from "../../../webroot/lib/merge-patch.js";

/** @param {number} seq @param {object} [patch] @param {string} [epoch] */
const change = (seq, patch = {}, epoch = "a") => ({ epoch, seq, at: seq, patch });
/** @param {number} seq @param {object} state @param {string} [epoch] */
const snapshot = (seq, state, epoch = "a") => ({ epoch, seq, at: seq, state });

function synced() {
  const replica = new Replica();
  assert.equal(replica.restart(), "ask");
  assert.equal(replica.snapshot(snapshot(3, { n: 3 })), "applied");
  return replica;
}

test("changeThatFollowsIsApplied", () => {
  const replica = synced();
  assert.equal(replica.change(change(4, { n: 4 })), "applied");
  assert.deepEqual(replica.state, { n: 4 });
});

test("changesBeforeTheSnapshotAreKeptAndTheOldOnesDropped", () => {
  const replica = new Replica();
  replica.restart();
  for (const seq of [2, 3, 4, 5]) assert.equal(replica.change(change(seq, { n: seq, [`k${seq}`]: 1 })), "held");
  assert.equal(replica.snapshot(snapshot(3, { n: 3 })), "applied");
  assert.deepEqual(replica.state, { n: 5, k4: 1, k5: 1 });
});

test("duplicateIsDropped", () => {
  const replica = synced();
  assert.equal(replica.change(change(3, { n: 99 })), "dropped");
  assert.deepEqual(replica.state, { n: 3 });
});

test("holeAsksOnceAndHealsByTheSnapshot", () => {
  const replica = synced();
  assert.equal(replica.change(change(5, { n: 5 })), "ask");
  assert.equal(replica.change(change(6, { n: 6 })), "held");
  assert.deepEqual(replica.state, { n: 3 }, "nothing is applied across a hole");
  assert.equal(replica.snapshot(snapshot(5, { n: 5, missed: true })), "applied");
  assert.deepEqual(replica.state, { n: 6, missed: true });
});

test("otherEpochAsks", () => {
  const replica = synced();
  assert.equal(replica.change(change(4, { n: 1 }, "b")), "ask");
  assert.equal(replica.snapshot(snapshot(4, { n: 1 }, "b")), "applied");
  assert.equal(replica.epoch, "b");
});

test("holeAmongTheKeptChangesAsksAgain", () => {
  const replica = new Replica();
  replica.restart();
  replica.change(change(5));
  assert.equal(replica.snapshot(snapshot(3, {})), "ask");
  assert.equal(replica.waiting, true);
});

test("unexpectedSnapshotIsDropped", () => {
  const replica = synced();
  assert.equal(replica.snapshot(snapshot(1, { n: 1 })), "dropped");
  assert.deepEqual(replica.state, { n: 3 });
});

test("changesKeptWhileNoAnswerComesAreBounded", () => {
  const replica = new Replica();
  replica.restart();
  for (let seq = 1; seq <= 10_000; seq++) replica.change(change(seq, { n: seq }));
  assert.equal(replica.snapshot(snapshot(1, { n: 1 })), "ask", "what was forgotten is a hole like any other");
});

/** A small seeded generator, so that a failure can be repeated. @param {number} seed */
function randomness(seed) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { chance: (/** @type {number} */ p) => next() < p, below: (/** @type {number} */ n) => Math.floor(next() * n) };
}

/** A server whose messages travel a network that loses, repeats and delays them. @param {number} seed */
function play(seed) {
  const random = randomness(seed);
  const keys = ["a", "b", "__proto__", "constructor", "deep"];
  const replica = new Replica();
  let epoch = "e0";
  let epochs = 0;
  let seq = 0;
  /** @type {any} */
  let state = {};
  /** @type {(() => string)[]} what is on its way, in order */
  let wire = [];
  let asked = replica.restart() === "ask";

  const randomPatch = () => {
    /** @type {[string, unknown][]} */
    const entries = [];
    for (let count = random.below(3); count > 0; count--) {
      const key = keys[random.below(keys.length)] ?? "a";
      const value = random.chance(0.3) ? null : random.chance(0.4) ? { x: random.below(9) } : random.below(9);
      entries.push([key, value]);
    }
    return JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`);
  };
  const publish = (/** @type {boolean} */ lossy) => {
    const patch = randomPatch();
    state = mergePatch(state, patch);
    const message = { epoch, seq: ++seq, at: seq, patch };
    const copies = lossy ? (random.chance(0.2) ? 0 : random.chance(0.2) ? 2 : 1) : 1;
    for (let copy = 0; copy < copies; copy++) wire.push(() => replica.change(message));
  };
  const answer = () => {
    asked = false;
    const message = { epoch, seq, at: seq, state };
    wire.push(() => replica.snapshot(message));
  };
  const deliver = () => {
    const arrives = wire.shift();
    if (arrives?.() === "ask") asked = true;
  };
  for (let step = 0; step < 200; step++) {
    publish(true);
    if (random.chance(0.02)) [epoch, seq, state] = [`e${++epochs}`, 0, {}];
    if (random.chance(0.02)) {
      wire = []; // The connection broke and is new.
      asked = replica.restart() === "ask";
    }
    if (random.chance(0.05) && wire.length > 1) wire.push(.../** @type {any} */ (wire.splice(0, 1))); // out of order
    if (asked && random.chance(0.5)) answer();
    while (wire.length > 0 && random.chance(0.7)) deliver();
  }
  // The network is good again. Heartbeats are enough to heal whatever went wrong.
  for (let round = 0; round < 4; round++) {
    publish(false);
    if (asked) answer();
    while (wire.length > 0) deliver();
    if (asked) answer();
    while (wire.length > 0) deliver();
  }
  return { replica, epoch, seq, state };
}

test("replicaEqualsTheServerAfterAnyLossRepetitionDelayAndRestart", () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const { replica, epoch, seq, state } = play(seed);
    assert.equal(replica.epoch, epoch, `seed ${seed}`);
    assert.equal(replica.seq, seq, `seed ${seed}`);
    // Order of keys may differ after a resync, which JSON does not count.
    assert.deepEqual(sorted(replica.state), sorted(state), `seed ${seed}`);
  }
});

/** @param {unknown} value @returns {unknown} entries in order: deepEqual would not look at an own "__proto__" */
function sorted(value) {
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).map(([key, part]) => [key, sorted(part)]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}
