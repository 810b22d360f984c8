import assert from "node:assert/strict";
import { test } from "node:test";
import { sorted, visible } from "../../../webroot/boards/host/network.js";
import { usedPercent } from "../../../webroot/boards/host/rate-unit.js";

test("bridgesAndEndsOfContainersComeLastAndAreFoldedAwayUnlessOneErrs", () => {
  const all = Object.fromEntries(["br-3fa91c7d2e10", "docker0", "veth12ab34c", "lo", "br0", "vmbr1", "eth0", "wg0"].map((name) => [name, { up: name !== "wg0" }]));
  const names = sorted(all);
  assert.deepEqual(names, ["br0", "eth0", "vmbr1", "wg0", "lo", "br-3fa91c7d2e10", "docker0", "veth12ab34c"]);
  assert.equal(visible(names, () => 0), 5);
  const wrong = (/** @type {string} */ name) => name === "docker0" ? 1 : 0;
  assert.equal(sorted(all, wrong)[0], "docker0");
  assert.equal(visible(sorted(all, wrong), wrong), 6);
  assert.equal(visible(["docker0", "veth1"], () => 0), 6, "where there is nothing else they are shown");
  assert.equal(visible(Array.from({ length: 9 }, (_, index) => `eth${index}`), () => 1), 9, "what is wrong is never folded away");
});

test("shareOfALinkIsThatOfItsBusierDirection", () => {
  assert.equal(usedPercent({ speedBitsPerSecond: 1e9, receivedBytesPerSecond: 12_500_000, sentBytesPerSecond: 1 }), 10);
  assert.equal(usedPercent({ speedBitsPerSecond: 1e8, receivedBytesPerSecond: 0, sentBytesPerSecond: 13_000_000 }), 100, "counters and clock differ a little");
  assert.equal(usedPercent({ receivedBytesPerSecond: 1 }), undefined);
  assert.equal(usedPercent({ speedBitsPerSecond: 1e9 }), undefined);
});
