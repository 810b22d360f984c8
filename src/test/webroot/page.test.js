import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../../webroot/", import.meta.url);
const folders = ["", "lib/", "ui/", "demo/", "views/", "boards/", ...readdirSync(new URL("boards/", root)).filter((name) => !name.includes(".")).map((kind) => `boards/${kind}/`)];
const modules = folders.flatMap((folder) =>
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
  for (const page of ["index.html", "widget.html", "api.html", "demo.html"].map(text)) {
    assert.doesNotMatch(page, /https?:\/\//);
    assert.doesNotMatch(page, /<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/);
    assert.doesNotMatch(page, /(?:src|href)="\//, "paths are relative, so that any sub-path works");
  }
});

test("boardsKnowNoOtherBoardAndNobodyButTheShellKnowsBoards", () => {
  for (const file of modules) {
    const kind = /^boards\/[^/]+\//.exec(file)?.[0];
    for (const [, path = ""] of text(file).matchAll(/^import [^;]*?"([^"]+)";$/gm)) {
      const target = new URL(path, `http://page/${file}`).pathname.slice(1);
      if (!target.startsWith("boards/") || file === "app.js") continue;
      assert.ok(kind !== undefined && target.startsWith(kind), `${file} imports ${target}`);
    }
  }
});

test("onlyTheHomePageComesWithTheShell", () => {
  const found = [...text("app.js").matchAll(/^import [^;]*?"\.\/(boards\/[^"]+)";$/gm)].map(([, path]) => path);
  assert.deepEqual(found, ["boards/host/board.js", "boards/pages.js"]);
});

test("boardsAreKnownByNameInOnePlaceOnly", () => {
  for (const file of modules.filter((name) => !/^boards\/host\/|^lib\/board-address\.js$/.test(name))) {
    assert.doesNotMatch(text(file), /["'`](host|processes)["'`]|\bapi\/boards\/(host|processes)\b/, file);
  }
});
