import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const vendor = new URL("../../../webroot/vendor/", import.meta.url);
const rows = readFileSync(new URL("VENDOR.md", vendor), "utf8").split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => /^[0-9a-f]{64}$/.test(cells[6] ?? ""));

for (const [, file = "", name = "", version = "", path = "", , sha256] of rows) {
  test(`vendoredFileIsThePackagesOwn ${file}`, () => {
    const bytes = readFileSync(new URL(file, vendor));
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
    const source = new URL(`node_modules/${name}/`, import.meta.url);
    assert.equal(JSON.parse(readFileSync(new URL("package.json", source), "utf8")).version, version);
    assert.ok(bytes.equals(readFileSync(new URL(path, source))));
  });
}

test("everyVendoredFileIsListed", () => {
  assert.deepEqual(readdirSync(vendor).filter((file) => file !== "VENDOR.md").sort(), rows.map((row) => row[1]).sort());
});
