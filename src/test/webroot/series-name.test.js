import assert from "node:assert/strict";
import { test } from "node:test";
import { ANY, countSeries, keysOf, seriesName, together } from "../../../webroot/lib/series-name.js";

test("keyThatOthersChoseStaysOneKey", () => {
  for (const key of ["/mnt/a.b", "100%", "a,b", "*", "%2E", "", "ünï", "__proto__"]) {
    const name = seriesName("filesystems", key, "usedPercent");
    assert.deepEqual(keysOf(name), ["filesystems", key, "usedPercent"], name);
    assert.equal(name.split(".").length, 3);
    assert.doesNotMatch(name, /[,*]/);
  }
  assert.equal(seriesName("a", "1.5,%*"), "a.1%2E5%2C%25%2A");
  assert.equal(seriesName("sensors", ANY, "celsius"), "sensors.*.celsius");
});

test("nameIsAskedForOnce", () => {
  assert.deepEqual(together(["b.x", "a.x", "b.x"]), ["a.x", "b.x"]);
});

test("hundredsOfInterfacesAreAskedForInOneAddressOfBoundedLength", () => {
  const names = Array.from({ length: 500 }, (_, index) => seriesName("network", "interfaces", `veth.${index}`, "sentBytesPerSecond"));
  assert.deepEqual(together([...names, "cpu.busyPercent"]), ["cpu.busyPercent", "network.*.sentBytesPerSecond"]);
});

test("seriesThatAPatternStandsForAreCounted", () => {
  const state = { sensors: { temperatures: { a: {}, b: {}, c: {} } } };
  const pattern = seriesName("sensors", "temperatures", ANY, "celsius");
  assert.equal(countSeries(state, [pattern, "cpu.busyPercent"]), 4);
  assert.equal(countSeries({}, [pattern]), 1);
});
