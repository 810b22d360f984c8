import assert from "node:assert/strict";
import { test } from "node:test";
import { arranged, held } from "../../../webroot/ui/table-order.js";

/** @type {import("../../../webroot/ui/table-order.js").Column[]} */
const COLUMNS = [
  { key: "name", name: "Name", text: (row) => row.name },
  { key: "size", name: "Size", isNumber: true, text: (row) => row.size === undefined ? undefined : `${row.size} B`, value: (row) => row.size },
];
const ROWS = { a: { name: "disk10", size: 5 }, b: { name: "disk9", size: 900 }, c: { name: "Tape", size: undefined }, d: { name: "disk1", size: 5 } };

test("namesAreSortedAsPeopleCount", () => {
  assert.deepEqual(arranged(ROWS, COLUMNS, { column: "name", isDown: false }, ""), ["d", "b", "a", "c"]);
});

test("whatIsNotKnownComesLastInBothDirections", () => {
  assert.deepEqual(arranged(ROWS, COLUMNS, { column: "size", isDown: true }, ""), ["b", "a", "d", "c"]);
  assert.deepEqual(arranged(ROWS, COLUMNS, { column: "size", isDown: false }, ""), ["a", "d", "b", "c"]);
});

test("allWordsOfTheFilterAreFoundAnywhereInTheRow", () => {
  assert.deepEqual(arranged(ROWS, COLUMNS, { column: "name", isDown: false }, " DISK 5 "), ["d", "a"]);
  assert.deepEqual(arranged(ROWS, COLUMNS, { column: "name", isDown: false }, "disk tape"), []);
});

test("rowsThatSomebodyIsAtStayInTheirPlaces", () => {
  assert.deepEqual(held(["a", "b", "c"], ["d", "c", "a"]), ["a", "c", "d"]);
});
