import { bytes, bytesPerSecond, number } from "../../lib/format.js";
import { byName } from "../../lib/rows.js";

/**
 * What the board says, as types only; what is not known yet is absent.
 *
 * @typedef {{ status: string, sinceAt: number, chunks?: number, usedBytes?: number, garbageBytes?: number, usedPercent?: number, readBytesPerSecond?: number,
 *   requestsInFlight?: number, heapUsedPercent?: number, walMilliseconds?: number, roundTripMilliseconds?: number, availabilityPercent?: number }} Node
 * @typedef {{ bytes: number, downloads: number, failures: number, successPercent: number, megabitsPerSecond?: number, milliseconds?: number, score?: number }} Source
 * @typedef {{ segment: number, node: string, milliseconds: number, bytes: number, rung: number }} Fetch
 * @typedef {{ profile: string, latencyMilliseconds: number, ceilingMegabitsPerSecond: number, lossPercent: number }} Condition
 *
 * @typedef {object} Player
 * @property {string} scheduler
 * @property {string} kind
 * @property {string} abr
 * @property {string} video
 * @property {string} state
 * @property {number} startedAt
 * @property {number} bufferSeconds
 * @property {number} stalls
 * @property {number} stalledSeconds
 * @property {number} receivedBytes
 * @property {number} failovers
 * @property {string} rung
 * @property {number} qualityOfExperience
 * @property {number} [startupMilliseconds]
 * @property {number} [megabitsPerSecond]
 * @property {Record<string, Source>} nodes
 * @property {Record<string, Fetch>} last
 */

/** @type {Record<string, string>} */
const SCHEDULERS = {
  score: "smart: the node with the best score",
  round_robin: "naive: one node after the other, whatever happens",
  random: "by chance",
  least_outstanding: "of two by chance, the one with fewer downloads",
  oracle: "told how good each line is, which no real player is",
};

/** @param {Player} player */
export function schedulerWords(player) {
  return SCHEDULERS[player.scheduler] ?? player.scheduler;
}

/** @param {number | undefined} value @param {string} unit @param {number} [digits] */
function figure(value, unit, digits = 0) {
  return value === undefined ? "n/a" : `${number(value, digits)}\u202f${unit}`;
}

/** @type {[string, (player: Player) => string, string][]} name, text, what it means */
export const FIGURES = [
  ["buffer", ({ bufferSeconds }) => figure(bufferSeconds, "s", 1), "how much can be played without a gap"],
  ["start-up", ({ startupMilliseconds }) => startupMilliseconds === undefined ? "n/a, because it has not begun to play" : figure(startupMilliseconds, "ms"), "from the first request to the first picture"],
  ["stalls", ({ stalls, stalledSeconds }) => `${number(stalls)}, ${number(stalledSeconds, 1)}\u202fs in all`, "the next segment was not there when it was to be played"],
  ["speed", ({ megabitsPerSecond }) => figure(megabitsPerSecond, "Mbit/s", 2), "bytes by the time in which at least one download was open"],
  ["quality", ({ rung }) => rung, "of the segment asked for last"],
  ["QoE", ({ qualityOfExperience }) => number(qualityOfExperience, 1), "Mbit/s of each segment played, less 4.3 for each second of stall, less each change of quality"],
  ["received", ({ receivedBytes }) => bytes(receivedBytes), "bytes of segments"],
  ["failed over", ({ failovers }) => number(failovers), "a node failed and another was asked"],
];

/** @param {Source | undefined} source */
export function sourceWords(source) {
  if (!source) return "not asked yet";
  const parts = [bytes(source.bytes), figure(source.megabitsPerSecond, "Mbit/s", 1), figure(source.milliseconds, "ms")];
  return parts.filter((part) => part !== "n/a").join(", ") + (source.failures ? `, ${number(source.failures)} failed` : "");
}

/** @param {Node} node */
export function nodeWords(node) {
  if (node.usedBytes === undefined) return "n/a, because it does not answer";
  return [`${number(node.chunks ?? 0)} chunks`, bytes(node.usedBytes), `${bytesPerSecond(node.readBytesPerSecond ?? 0)} read`, `answers in ${figure(node.roundTripMilliseconds, "ms", 1)}`,
    `last fsync ${figure(node.walMilliseconds, "ms", 1)}`].join(", ");
}

/** @param {Condition | undefined} line */
export function lineWords(line) {
  if (!line) return "";
  if (line.profile === "node_failure") return "nobody is there";
  const loss = line.lossPercent ? `, ${number(line.lossPercent, 1)}\u202f% lost` : "";
  return `${number(line.latencyMilliseconds)}\u202fms, at most ${number(line.ceilingMegabitsPerSecond)}\u202fMbit/s${loss}`;
}

/** For a badge. @param {string} status */
export function statusState(status) {
  return { healthy: "ok", warning: "warning", critical: "critical", down: "failed", starting: "waiting" }[status] ?? "unknown";
}

/**
 * @typedef {{ chunks?: number, storedBytes?: number, dataBytes?: number, storedByData?: number, moved?: number, damaged?: number, missing?: number, repaired?: number, scrubbedAt?: number }} Totals
 * @typedef {{ title?: string, segments?: number, dataBytes?: number, coded?: number, replicated?: number }} Video
 * @typedef {{ choice?: string, wanted?: string, views?: number }} Redundancy
 */

/** @param {Totals} totals */
export function storedWords({ storedBytes, dataBytes, storedByData, moved }) {
  if (storedBytes === undefined || dataBytes === undefined) return "n/a, because no node has answered yet.";
  const times = storedByData === undefined ? "" : `, ${number(storedByData, 2)} times as much`;
  return `${bytes(dataBytes)} of videos take ${bytes(storedBytes)} on the disks${times}: three copies would take 3 times, five fragments 1.67 times, and heads of records a little. ${number(moved ?? 0)} chunks were moved between the two.`;
}

/** @param {Video | undefined} video @param {Redundancy | undefined} redundancy */
export function videoWords(video, redundancy) {
  if (!video) return "";
  const kept = [[video.coded, "in fragments"], [video.replicated, "as copies"]].filter(([count]) => count).map(([count, how]) => `${number(Number(count))} ${how}`);
  const views = redundancy?.views ?? 0;
  return [`${number(video.segments ?? 0)} segments`, bytes(video.dataBytes ?? 0), `chunks: ${kept.join(", ") || "none"}`,
    `watched ${views === 1 ? "once" : `${number(views)} times`} within the hour`].join("; ");
}

/** @typedef {{ name: string, target: string, cells: { text: string, isMet?: boolean | undefined }[] }} Target */

/** @type {[name: string, target: string, value: (player: Player) => number | undefined, unit: string, digits: number, isMet: (value: number) => boolean][]} */
const TARGETS = [
  ["start-up", "below 2 s", ({ startupMilliseconds }) => startupMilliseconds, "ms", 0, (value) => value < 2_000],
  ["stalls", "at most 1", ({ stalls }) => stalls, "", 0, (value) => value <= 1],
  ["buffer", "above 20 s", ({ bufferSeconds }) => bufferSeconds, "s", 1, (value) => value > 20],
  ["bytes by node", "deviation below 15 % of the mean", deviationPercent, "%", 0, (value) => value < 15],
];

/** What is wanted, and what it is now for each player. @param {any} state of the board @returns {Target[]} */
export function targetsOf(state) {
  const players = /** @type {Player[]} */ (Object.keys(state.players ?? {}).sort(byName).map((id) => state.players[id]));
  return TARGETS.map(([name, target, value, unit, digits, isMet]) => ({ name, target, cells: players.map((player) => {
    const now = value(player);
    return now === undefined ? { text: "n/a" } : { text: unit ? figure(now, unit, digits) : number(now, digits), isMet: isMet(now) };
  }) }));
}

/** How unevenly the nodes gave: the standard deviation of their bytes, of the mean. @param {Player} player @returns {number | undefined} */
export function deviationPercent({ nodes }) {
  const all = Object.values(nodes ?? {}).map(({ bytes: given }) => given);
  const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
  if (!(mean > 0)) return undefined;
  return 100 * Math.sqrt(all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / all.length) / mean;
}
