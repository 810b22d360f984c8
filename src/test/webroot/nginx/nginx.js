// A real Nginx on loopback, as somebody's machine would have it, with the files of nginx/ as the package installs them.
import { execFile, execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "../browser/harness.js";
import { freePort } from "../free-port.js";

const run = promisify(execFile);
const page = join(repository, "target/classes/pulseboard/page");
/** Where Nginx is on Debian, also for somebody who is not root. */
const nginx = process.env.NGINX ?? "/usr/sbin/nginx";
/** Without these Nginx would write where only root may. */
const FOLDERS = ["client_body", "proxy", "fastcgi", "scgi", "uwsgi"];

/** The folder of the page's files below its root: assets-<hash>. */
export const assets = readdirSync(page).find((name) => name.startsWith("assets-")) ?? "";

/**
 * @typedef {{ folder: string, common: string, port: number, tlsPort: number, read: (path: string) => string,
 *   edit: (path: string, change: (text: string) => string) => void, remove: () => void }} Installation
 */

/**
 * What the package installs, in a folder of its own and with that folder's paths and free ports in it.
 * @param {string} jarPort @returns {Promise<Installation>}
 */
export async function install(jarPort) {
  const folder = mkdtempSync(join(tmpdir(), "pulseboard-nginx-"));
  chmodSync(folder, 0o755); // Started by root, Nginx reads the page as another user.
  mkdirSync(join(folder, "logs"));
  cpSync(page, join(folder, "webroot"), { recursive: true });
  cpSync(join(repository, "nginx"), join(folder, "nginx"), { recursive: true });
  symlinkSync("/usr/lib/nginx/modules", join(folder, "modules"));
  const [port, tlsPort] = await Promise.all([freePort(), freePort()]);
  /** @type {[RegExp, string][]} */
  const places = [
    [/\/usr\/share\/pulseboard\//g, `${folder}/`],
    [/\/var\/log\/nginx\//g, `${folder}/logs/`],
    [/\/var\/www\/html;/g, `${folder}/html;`],
    [/\/run\/nginx\.pid/g, `${folder}/nginx.pid`],
    [/\/etc\/nginx\/pulseboard\.passwords/g, `${folder}/passwords`],
    [/\/etc\/ssl\/(?:certs|private)\/monitor\.example\./g, `${folder}/certificate.`],
    [/server 127\.0\.0\.1:8080;/g, `server 127.0.0.1:${jarPort};`],
    [/listen 80;/g, `listen 127.0.0.1:${port};`],
    [/listen 443 ssl/g, `listen 127.0.0.1:${tlsPort} ssl`],
    [/ *listen \[::\].*;\n/g, ""],
    [/^http \{$/m, `http {\n${FOLDERS.map((name) => `${name}_temp_path ${folder}/${name};\n`).join("")}`],
  ];
  const read = (/** @type {string} */ path) => readFileSync(join(folder, path), "utf8");
  const edit = (/** @type {string} */ path, /** @type {(text: string) => string} */ change) =>
    writeFileSync(join(folder, path), change(read(path)));
  for (const path of readdirSync(join(folder, "nginx"), { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".conf")) continue;
    edit(`nginx/${path}`, (text) => places.reduce((changed, [what, by]) => changed.replace(what, by), text));
  }
  const common = `include ${folder}/nginx/http.conf;\ninclude ${folder}/nginx/upstream.conf;`;
  return { folder, common, port, tlsPort, read, edit, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * A whole configuration for somebody's Nginx, with what is given in its http block.
 * @param {Installation} at @param {string} http @returns {string} its path
 */
export function configure(at, http) {
  const path = join(at.folder, "other.conf");
  const paths = FOLDERS.map((name) => `${name}_temp_path ${at.folder}/${name};`).join("\n");
  writeFileSync(path, `user www-data;\npid ${at.folder}/nginx.pid;\ninclude /etc/nginx/modules-enabled/*.conf;\nevents {}\n`
    + `http {\n${paths}\ninclude /etc/nginx/mime.types;\naccess_log off;\n${http}\n}\n`);
  return path;
}

/** The block of docs/proxy.md in this language that puts the page below /monitor/. @param {string} language */
export function recipe(language) {
  const blocks = readFileSync(join(repository, "docs/proxy.md"), "utf8").matchAll(new RegExp(`^ *\`\`\`${language}\n(.*?)^ *\`\`\``, "gms"));
  const block = [...blocks].map((match) => match[1] ?? "").find((text) => text.includes("/monitor"));
  if (!block) throw new Error(`docs/proxy.md has no ${language} for /monitor`);
  return block;
}

/** The folder that relative paths start from, and where to complain. @param {Installation} at @param {string} path */
const options = (at, path) => ["-p", at.folder, "-e", `${at.folder}/logs/start.log`, "-c", path];

/** Nginx's own check; fails with what it says. @param {Installation} at @param {string} path */
export function check(at, path) {
  return run(nginx, [...options(at, path), "-t"]);
}

/**
 * Nginx as a child process, taking connections when this resolves.
 * @param {Installation} at @param {string} path @param {number} [port]
 */
export async function startNginx(at, path, port = at.port) {
  const child = spawn(nginx, [...options(at, path), "-g", "daemon off;"], { stdio: "inherit" });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  await answers(port, () => child.exitCode ?? child.signalCode);
  return { stop };
}

/** Resolves when somebody takes connections there. @param {number} port @param {() => unknown} ended */
export async function answers(port, ended) {
  for (let tries = 0; tries < 500 && ended() === null; tries++) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(ended() === null ? "the proxy takes no connections" : "the proxy ended before it was ready");
}

/** Signed by itself. @param {Installation} at @param {string} [name] */
export function makeCertificate({ folder }, name = "monitor.example") {
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`,
    "-addext", `subjectAltName=DNS:${name}`, "-keyout", `${folder}/certificate.key`, "-out", `${folder}/certificate.pem`], { stdio: "ignore" });
}

/** As password.conf says. @param {Installation} at @param {string} user @param {string} password */
export function setPassword({ folder }, user, password) {
  writeFileSync(join(folder, "passwords"), `${user}:${execFileSync("openssl", ["passwd", "-6", password], { encoding: "utf8" })}`);
}
