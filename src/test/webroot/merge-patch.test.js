import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mergePatch, own } from "../../../webroot/lib/merge-patch.js";

const cases = JSON.parse(readFileSync(new URL("../resources/rfc7396.json", import.meta.url), "utf8"));

test("rfc7396HasAllFifteenExamples", () => assert.equal(cases.length, 15));

for (const [index, { original, patch, result }] of cases.entries()) {
  test(`rfc7396Example${index + 1}`, () => assert.deepEqual(mergePatch(original, patch), result));
}

test("patchLeavesTheOriginalAlone", () => {
  const original = Object.freeze({ a: Object.freeze({ b: 1 }), c: Object.freeze({}) });
  const result = /** @type {any} */ (mergePatch(original, { a: { b: 2 } }));
  assert.deepEqual(original, { a: { b: 1 }, c: {} });
  assert.equal(result.c, original.c, "what the patch does not touch is shared");
  assert.notEqual(result.a, original.a);
});

test("emptyPatchKeepsEveryPart", () => {
  const original = { a: { b: 1 } };
  assert.equal(/** @type {any} */ (mergePatch(original, {})).a, original.a);
});

test("keyNamedProtoIsAnOrdinaryKey", () => {
  const patch = JSON.parse('{"processes":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}');
  const result = /** @type {any} */ (mergePatch({ processes: {} }, patch));
  assert.deepEqual(Object.keys(result.processes), ["__proto__", "constructor"]);
  assert.equal(Object.getPrototypeOf(result.processes), Object.prototype);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(own(result.processes, "__proto__").polluted, 1);
  const changed = mergePatch(result, JSON.parse('{"processes":{"__proto__":{"more":2}}}'));
  assert.equal(JSON.stringify(changed), '{"processes":{"__proto__":{"polluted":1,"more":2},"constructor":{"prototype":{"polluted":1}}}}');
  const removed = mergePatch(changed, JSON.parse('{"processes":{"__proto__":null,"constructor":null}}'));
  assert.equal(JSON.stringify(removed), '{"processes":{}}');
});

test("ownSeesNothingInherited", () => {
  assert.equal(own({}, "__proto__"), undefined);
  assert.equal(own({}, "constructor"), undefined);
  assert.equal(own(undefined, "a"), undefined);
});
