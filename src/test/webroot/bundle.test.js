// The page that is built holds the same code as the modules in webroot, sign by sign but for spaces and comments.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import ts from "typescript";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "pulseboard-page-"));
after(() => rmSync(folder, { recursive: true, force: true }));

execFileSync("javac", ["-d", folder, `${repository}src/main/packaging/PageBuild.java`]);

/** @param {string} webroot @param {string} target */
const build = (webroot, target) =>
  execFileSync("java", ["-XX:TieredStopAtLevel=1", "-cp", folder, "PageBuild", webroot, target], { stdio: ["ignore", "pipe", "pipe"] });

/** All tokens, as the compiler of another project reads them. @param {string} text */
function tokens(text) {
  const file = ts.createSourceFile("a.js", text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  /** @type {string[]} */
  const found = [];
  const visit = (/** @type {import("typescript").Node} */ node) => {
    const count = node.getChildCount(file);
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    if (count === 0) found.push(`${ts.SyntaxKind[node.kind]} ${text.slice(node.getStart(file), node.end)}`);
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  return found.filter((each) => !/^(SyntaxList|EndOfFileToken) /.test(each));
}

/** @param {string} text without what the build changes on purpose */
const body = (text) => text.replace(/^import [^;]*;$/gm, "").replace(/^export \{\};$/gm, "").replace(/^export /gm, "").replace(/import\("[^"]*"\)/g, "LATER");
/** @param {string} text the same of what it has made */
const built = (text) => text.replace(/\bexport (?=let|const|class|function|async)/g, "").replace(/import\("[^"]*"\)|Promise\.resolve\(\$\d+\)/g, "LATER");

test("bundlesHoldEveryModuleTokenByToken", () => {
  const target = join(folder, "page");
  build(`${repository}webroot`, target);
  const assets = assetsIn(target);
  const first = reached("app.js");
  assert.ok(first.length > 10);
  for (const entry of ["app.js", "widget.js", "boards/tree/board.js", "views/tokens.js"]) {
    const bundle = tokens(built(readFileSync(join(assets, entry), "utf8"))).join("\n");
    const modules = reached(entry).filter((module) => !entry.includes("/") || !first.includes(module));
    assert.ok(modules.includes(entry));
    for (const module of modules.filter((name) => !name.startsWith("vendor/"))) {
      const source = body(readFileSync(`${repository}webroot/${module}`, "utf8"))
        .replaceAll("import.meta.url", `new URL("./${module}", import.meta.url).href`);
      assert.ok(bundle.includes(tokens(source).join("\n")), `${module} in ${entry}`);
    }
  }
});

/** @param {string} target */
const assetsIn = (target) => join(target, readdirSync(target).find((name) => name.startsWith("assets-")) ?? "");

/** All modules that this one imports, and so on. @param {string} entry */
function reached(entry) {
  const found = new Set([entry]);
  for (const module of found) {
    if (module.startsWith("vendor/")) continue;
    const text = readFileSync(`${repository}webroot/${module}`, "utf8");
    for (const [, path = ""] of text.matchAll(/^import [^;]*?"([^"]+)";$/gm)) {
      found.add(new URL(path, `http://a/${module}`).pathname.slice(1));
    }
  }
  return [...found];
}

test("pageOfABoardIsAFileOfItsOwnAndTheFirstOneComesWithTheShell", () => {
  const target = join(folder, "pages");
  const listed = readFileSync(`${repository}webroot/boards/pages.js`, "utf8").matchAll(/import\("\.\/(\w+)\/board\.js"\)/g);
  const kinds = [...listed].map(([, kind]) => kind).filter((kind) => kind !== "host").map((kind) => `boards/${kind}/board.js`).sort();
  build(`${repository}webroot`, target);
  const files = readdirSync(assetsIn(target), { recursive: true, encoding: "utf8" });
  assert.deepEqual(files.filter((file) => /^boards\/.*\.js$/.test(file)).sort(), kinds);
  const shell = readFileSync(join(assetsIn(target), "app.js"), "utf8");
  assert.match(shell, /import\("\.\/boards\/tree\/board\.js"\)/);
  assert.doesNotMatch(shell, /tree-card|alerts-page/);
  const sheet = "style/alerts.css";
  assert.doesNotMatch(readFileSync(join(assetsIn(target), "index.css"), "utf8"), /alerts-page/, "its style comes with it");
  assert.match(readFileSync(join(assetsIn(target), sheet), "utf8"), /^\.alerts-page\{/m);
  assert.match(readFileSync(join(assetsIn(target), "boards/alerts/board.js"), "utf8"), new RegExp(sheet));
  assert.match(readFileSync(join(assetsIn(target), "boards/tree/board.js"), "utf8"), /^import\{[$\d,]+\}from"\.\.\/\.\.\/app\.js";/);
});

test("whatSeveralFilesNeedIsThereOnce", async () => {
  const webroot = join(folder, "several");
  cpSync(`${repository}webroot`, webroot, { recursive: true });
  const modules = {
    "app.js": 'import { first } from "./lib/first.js";\nexport const begun = first;\nexport const one = () => import("./boards/one/board.js");\nexport const two = () => import("./boards/two/board.js");\nexport const own = () => import("./lib/first.js");\n',
    "lib/first.js": "export const first = {};\n",
    "lib/between.js": 'import { first } from "./first.js";\nexport const between = { first };\n',
    "boards/one/board.js": 'import { between } from "../../lib/between.js";\nimport { part } from "./part.js";\nexport const seen = { between, part };\n',
    "boards/one/part.js": 'import { first } from "../../lib/first.js";\nexport const part = { first };\n',
    "boards/two/board.js": 'import { between } from "../../lib/between.js";\nexport const seen = { between };\n',
  };
  for (const [file, text] of Object.entries(modules)) {
    mkdirSync(dirname(join(webroot, file)), { recursive: true });
    writeFileSync(join(webroot, file), text);
  }
  const target = join(folder, "several-built");
  build(webroot, target);
  writeFileSync(join(target, "package.json"), '{ "type": "module" }');
  const { begun, one, two, own } = await import(join(assetsIn(target), "app.js"));
  const [{ seen: first }, { seen: second }] = await Promise.all([one(), two()]);
  assert.equal(first.between, second.between);
  assert.equal(first.between.first, begun);
  assert.equal(first.part.first, begun);
  assert.equal((await own()).first, begun);
  assert.deepEqual(readdirSync(assetsIn(target), { recursive: true, encoding: "utf8" }).filter((file) => /^(boards|shared|lib).*\.js$/.test(file)).sort(),
    ["boards/one/board.js", "boards/two/board.js", "shared.js"]);
});

test("compressedTwinsHoldTheSame", () => {
  const target = join(folder, "twins");
  build(`${repository}webroot`, target);
  const files = readdirSync(target, { recursive: true, encoding: "utf8" });
  const twins = files.filter((file) => file.endsWith(".gz"));
  assert.ok(twins.length >= 6);
  for (const twin of twins) {
    assert.ok(gunzipSync(readFileSync(join(target, twin))).equals(readFileSync(join(target, twin.slice(0, -3)))), twin);
  }
  for (const document of ["index.html", "widget.html"]) assert.ok(!files.includes(`${document}.gz`), "a proxy may change it");
});

test("whatTheBuildDoesNotUnderstandStopsIt", () => {
  const webroot = join(folder, "webroot");
  cpSync(`${repository}webroot`, webroot, { recursive: true });
  for (const [line, word] of [["export default 1;", "exports"], ["export let late = 1;", "exports"],
    ['import * as all from "./time.js";', "imports"], ['import { own } from "./nowhere.js";', "nowhere.js"],
    ['import "./card.js";', "circle"]]) {
    writeFileSync(join(webroot, "lib/format.js"), `${line}\n${readFileSync(`${repository}webroot/lib/format.js`, "utf8")}`);
    assert.throws(() => build(webroot, join(folder, "none")), (/** @type {any} */ error) => String(error.stderr).includes(String(word)) || assert.fail(`${line}: ${error.stderr}`));
  }
});

test("sameSourcesMakeTheSameFolderAndOtherOnesAnother", () => {
  const webroot = join(folder, "same");
  cpSync(`${repository}webroot`, webroot, { recursive: true });
  const names = [0, 1, 2].map((round) => {
    if (round === 2) writeFileSync(join(webroot, "style/page.css"), `${readFileSync(join(webroot, "style/page.css"), "utf8")}\n.other { color: red; }\n`);
    build(webroot, join(folder, `same${round}`));
    return readdirSync(join(folder, `same${round}`)).find((name) => name.startsWith("assets-"));
  });
  assert.equal(names[0], names[1]);
  assert.notEqual(names[0], names[2]);
});
