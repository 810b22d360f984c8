// The colours of the page as people with other eyes see them: enough contrast, and states and lines that meet are told apart.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const text = readFileSync(new URL("../../../webroot/style/tokens.css", import.meta.url), "utf8");
const SCHEMES = { light: scheme(":root {"), dark: scheme(':root[data-scheme="dark"] {') };
/** What a dark scheme does not say is as in the light one. @param {"light" | "dark"} name @param {string} token @returns {string} */
const token = (name, token) => SCHEMES[name].get(token) ?? SCHEMES.light.get(token) ?? assert.fail(`no --${token}`);

/** @param {string} selector @returns {Map<string, string>} */
function scheme(selector) {
  const begin = text.indexOf(selector);
  return new Map([...text.slice(begin, text.indexOf("\n}", begin)).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, key = "", value = ""]) => [key, value]));
}

/** Linear red, green and blue. @param {string} hex */
function linear(hex) {
  return [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

/** @param {number[][]} matrix @param {number[]} vector */
const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0));

/** As the eye of most people, and of those without one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1), sees it. @type {Record<string, number[][]>} */
const EYES = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** OKLab. @param {string} hex @param {string} eye */
function seen(hex, eye) {
  const rgb = times(EYES[eye] ?? [], linear(hex)).map((part) => Math.max(0, part));
  const lms = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb);
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], lms.map(Math.cbrt));
}

/** How far apart two colours look, 100 from black to white. @param {string} one @param {string} other @param {string} eye */
function apart(one, other, eye) {
  const [a, b] = [seen(one, eye), seen(other, eye)];
  return 100 * Math.hypot(...a.map((part, index) => part - (b[index] ?? 0)));
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [low = 0, high = 0] = [one, other].map((hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0] ?? 0).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const STATES = ["good", "warning", "alarm", "info"];
/** Lines and layers that are drawn in one chart or one bar. */
const TOGETHER = [["tone-user", "tone-system", "tone-wait", "tone-steal"], ["tone-user-fill", "tone-system-fill", "tone-wait-fill", "tone-steal-fill"],
  ["tone-memory", "tone-cache", "tone-swap"], ["tone-receive", "tone-send"], ["tone-read", "tone-write"]];
const APART = 7;

for (const name of /** @type {const} */ (["light", "dark"])) {
  test(`statesAndLinesAreReadableOnEachGround ${name}`, () => {
    const all = [...STATES, "text", "muted", "accent", "unknown", ...TOGETHER.flat().filter((each) => !/fill|cache/.test(each))];
    for (const each of all) {
      for (const ground of ["card", "page"]) {
        const found = contrast(token(name, each), token(name, ground));
        assert.ok(found >= 4.5, `--${each} on --${ground}: ${found.toFixed(2)}`);
      }
    }
    for (const each of [...STATES, "unknown"]) {
      const found = contrast(token(name, each), token(name, `${each}-soft`));
      assert.ok(found >= 4.5, `--${each} on its own soft ground: ${found.toFixed(2)}`);
    }
    assert.ok(contrast(token(name, "field"), token(name, "card")) >= 3, "edges of what can be typed into");
  });

  for (const eye of Object.keys(EYES)) {
    test(`statesAndLinesThatMeetAreToldApart ${name} ${eye}`, () => {
      for (const group of [STATES, ...TOGETHER]) {
        group.forEach((one, index) => group.slice(index + 1).forEach((other) => {
          const found = apart(token(name, one), token(name, other), eye);
          assert.ok(found >= APART, `--${one} and --${other}: ${found.toFixed(1)}`);
        }));
      }
    });
  }
}
