import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLines, excerpt, linesOf } from "../../../webroot/lib/line-diff.js";

/** @param {import("../../../webroot/lib/line-diff.js").Line[]} lines @param {string} without */
const textOf = (lines, without) => lines.filter(({ kind }) => kind !== without).map(({ text }) => text).join("");

/** The fewest edits, by the table that everybody trusts. @param {string[]} a @param {string[]} b */
function fewest(a, b) {
  let row = b.map((_, index) => index + 1);
  a.forEach((line, number) => {
    const next = [];
    b.forEach((other, index) => {
      const [left, up, across] = [index === 0 ? number + 1 : next[index - 1] ?? 0, row[index] ?? 0, index === 0 ? number : row[index - 1] ?? 0];
      next.push(line === other ? across : 1 + Math.min(left, up));
    });
    row = next;
  });
  return b.length === 0 ? a.length : row.at(-1) ?? 0;
}

test("bothTextsCanBeReadFromTheDifferenceAndNoShorterOneIsThere", () => {
  let seed = 17;
  const random = (/** @type {number} */ most) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
  const text = () => Array.from({ length: random(12) }, () => "abc"[random(3)]).join("\n") + (random(2) ? "\n" : "");
  for (let count = 0; count < 3_000; count++) {
    const [old, now] = [text(), text()];
    const lines = diffLines(old, now);
    assert.equal(textOf(lines, "new"), old);
    assert.equal(textOf(lines, "old"), now);
    assert.equal(lines.filter(({ kind }) => kind !== "same").length, fewest(linesOf(old), linesOf(now)), JSON.stringify([old, now]));
  }
});

test("lineEndThatIsMissingIsADifference", () => {
  assert.deepEqual(diffLines("a\nb", "a\nb\n"), [{ kind: "same", text: "a\n" }, { kind: "old", text: "b" }, { kind: "new", text: "b\n" }]);
  assert.deepEqual(diffLines("", ""), []);
});

test("textsThatHaveLittleInCommonAreNotComparedForEver", () => {
  const many = (/** @type {string} */ word) => Array.from({ length: 60_000 }, (_, index) => `${word}${index}\n`).join("");
  const [old, now] = [`head\n${many("a")}tail\n`, `head\n${many("b")}tail\n`];
  const lines = diffLines(old, now);
  assert.equal(textOf(lines, "new"), old);
  assert.equal(textOf(lines, "old"), now);
  assert.deepEqual([lines[0]?.kind, lines.at(-1)?.kind], ["same", "same"]);
});

test("ofWhatBothHaveAFewLinesAreShownWithTheirNumbers", () => {
  const old = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`);
  const shown = excerpt(diffLines(old.join(""), [...old.slice(0, 9), "new\n", ...old.slice(10)].join("")), 2);
  assert.deepEqual(shown.map((line) => line.kind === "skipped" ? line.count : `${line.oldNumber ?? ""} ${line.newNumber ?? ""} ${line.text.trim()}`),
    [7, "8 8 8", "9 9 9", "10  10", " 10 new", "11 11 11", "12 12 12", 8]);
});
