import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { inFrame } from "../../../webroot/lib/frame.js";

/** @type {(() => void)[]} */
let frames = [];
beforeEach(() => {
  frames = [];
  globalThis.requestAnimationFrame = (job) => frames.push(() => job(0));
});
const paint = () => frames.splice(0).forEach((frame) => frame());

test("jobRunsOnceInOneFrameHoweverOftenItIsAskedFor", () => {
  let runs = 0;
  const job = () => void runs++;
  inFrame(job);
  inFrame(job);
  assert.equal(frames.length, 1);
  paint();
  assert.equal(runs, 1);
});

test("whatCanWaitGoesAlongWithTheNextFrameAndCostsNoneOfItsOwn", () => {
  /** @type {string[]} */
  const done = [];
  inFrame(() => done.push("list"), 60_000);
  assert.equal(frames.length, 0);
  inFrame(() => done.push("figures"));
  assert.equal(frames.length, 1);
  paint();
  assert.deepEqual(done, ["list", "figures"]);
  assert.equal(frames.length, 0);
});

test("whatCanWaitIsPaintedAlsoWhereNothingElseIs", async () => {
  const done = new Promise((resolve) => {
    globalThis.requestAnimationFrame = (job) => {
      job(0);
      return 1;
    };
    inFrame(() => resolve("painted"), 1);
  });
  assert.equal(await done, "painted");
});
