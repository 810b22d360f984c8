import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../../webroot/", import.meta.url);
const modules = ["", "lib/", "views/", "boards/"].flatMap((folder) =>
  readdirSync(new URL(folder || ".", root)).filter((file) => file.endsWith(".js")).map((file) => folder + file));
/** @param {string} file */
const text = (file) => readFileSync(new URL(file, root), "utf8");

test("everyModuleHasAtMost150Lines", () => {
  for (const file of modules) assert.ok(text(file).split("\n").length <= 151, file);
});

test("nothingIsParsedAsHtml", () => {
  for (const file of modules) {
    assert.doesNotMatch(text(file), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, file);
  }
});

test("pageNeedsNothingFromElsewhereAndNothingInline", () => {
  for (const page of [text("index.html"), text("widget.html")]) {
    assert.doesNotMatch(page, /https?:\/\//);
    assert.doesNotMatch(page, /<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/);
    assert.doesNotMatch(page, /(?:src|href)="\//, "paths are relative, so that any sub-path works");
  }
});
