/**
 * One line that filters machines: words are looked for in id, name, group and tags; state:offline, group:berlin, tag:role or tag:role=db, and
 * figures such as cpu>80 narrow it down. All must hold.
 */

import { STATES } from "./words.js";

/** @typedef {import("./words.js").Host} Host */

/** @type {Record<string, keyof Host>} */
const FIGURES = {
  cpu: "cpuBusyPercent", memory: "memoryUsedPercent", swap: "swapUsedPercent", disk: "fullestFilesystemPercent", load: "load1", pressure: "pressurePercent",
  heat: "hottestCelsius", critical: "criticalCount", warnings: "warningCount", received: "receivedBytesPerSecond", sent: "sentBytesPerSecond",
};
const FIGURE = /^([a-z]+)(>=|<=|>|<)(\d+(?:\.\d+)?)$/;

/** @param {string} text @returns {(id: string, host: Host) => boolean} */
export function filterOf(text) {
  const tests = text.toLowerCase().split(/\s+/).filter(Boolean).map(testOf);
  return (id, host) => tests.every((test) => test(id, host));
}

/** What is wrong with the first word that cannot mean what it seems to; "" for none. @param {string} text */
export function mistakeIn(text) {
  for (const word of text.toLowerCase().split(/\s+/)) {
    const [kind, wanted] = split(word, ":");
    if (kind === "state" && wanted !== undefined && !STATES.includes(wanted)) return `A state is one of ${STATES.join(", ")}.`;
    const figure = FIGURE.exec(word)?.[1];
    if (/[<>]/.test(word) && (figure === undefined || !Object.hasOwn(FIGURES, figure))) return `“${word}” compares nothing: write one of ${Object.keys(FIGURES).join(", ")}, then >, >=, < or <= and a number.`;
  }
  return "";
}

/** @param {string} word @returns {(id: string, host: Host) => boolean} */
function testOf(word) {
  const figure = FIGURE.exec(word);
  const key = figure?.[1] !== undefined && Object.hasOwn(FIGURES, figure[1]) ? FIGURES[figure[1]] : undefined;
  if (figure && key !== undefined) return (_, host) => compares(host[key], figure[2] ?? "", Number(figure[3]));
  const [kind = "", wanted = ""] = split(word, ":");
  if (kind === "state") return (_, { state = "unknown" }) => state === wanted;
  if (kind === "group") return (_, { group = "" }) => group.toLowerCase() === wanted;
  if (kind === "tag") return (_, { tags = {} }) => hasTag(tags, wanted);
  return (id, { name = "", group = "", tags = {} }) => [id, name, group, ...Object.entries(tags).flat()].join("\n").toLowerCase().includes(word);
}

/** @param {unknown} value @param {string} how @param {number} than */
function compares(value, how, than) {
  if (typeof value !== "number") return false;
  if (how === ">") return value > than;
  if (how === "<") return value < than;
  return how === ">=" ? value >= than : value <= than;
}

/** @param {Record<string, string>} tags @param {string} wanted */
function hasTag(tags, wanted) {
  const [key, value] = split(wanted, "=");
  return Object.entries(tags).some(([name, text]) => name.toLowerCase() === key && (value === undefined || text.toLowerCase() === value));
}

/** @param {string} text @param {string} at @returns {[string, string | undefined]} */
function split(text, at) {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
