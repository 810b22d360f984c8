import { bytes, bytesPerSecond, duration, moment, number, percent } from "../../lib/format.js";
import { briefly } from "../../lib/time.js";

/**
 * What the board says of a job, as types only; what is not known yet is absent.
 *
 * @typedef {{ found?: number, planned?: number, uploaded?: number, unchanged?: number, skipped?: number, failed?: number, conflicts?: number,
 *   deleted?: number, processed?: number, percent?: number }} Files
 * @typedef {{ found?: number, planned?: number, done?: number, sent?: number, inFlight?: number, resumed?: number, percent?: number }} Bytes
 * @typedef {{ bytesPerSecond?: number, averageBytesPerSecond?: number, peakBytesPerSecond?: number, filesPerSecond?: number }} Rates
 * @typedef {{ path?: string, bytes: number, size: number, attempt: number, part?: number, parts?: number }} Active
 * @typedef {{ path?: string, code: string, message: string, at: number }} Trouble
 * @typedef {{ count?: number, byCode?: Record<string, number>, recent?: Record<string, Trouble> }} Troubles
 * @typedef {{ path: string, bytes: number, seconds: number, result: string, at: number }} Finished
 * @typedef {{ files: number, bytes: number }} Sum
 * @typedef {{ meanBytes?: number, maximumBytes?: number, p50Bytes?: number, p90Bytes?: number, p99Bytes?: number,
 *   buckets?: Record<string, Sum & { filesPercent: number, bytesPercent: number }> }} Sizes
 *
 * @typedef {object} Job
 * @property {string} source
 * @property {string} target
 * @property {string} endpoint
 * @property {boolean} dryRun
 * @property {string} phase
 * @property {{ id?: string, startedAt?: number, endedAt?: number, reason?: string, resumedFrom?: string, retryOf?: string }} [run]
 * @property {{ id: string, text: string, deletions: number, bytes: number }} [question]
 * @property {{ text: string, nextAt: number }} [schedule]
 * @property {number} [limitBytesPerSecond]
 * @property {number} [lastSuccessAt]
 * @property {Record<string, Sum>} [types]
 * @property {Record<string, Sum>} [ages]
 * @property {Sizes} [sizes]
 * @property {Files} [files]
 * @property {Bytes} [bytes]
 * @property {Rates} [rates]
 * @property {{ remainingSeconds?: number, atLeast?: boolean, doneAt?: number }} [estimate]
 * @property {{ mode?: string, passed?: number, failed?: number, pending?: number }} [verification]
 * @property {{ busy?: number, target?: number, max?: number, source?: string, why?: string }} [workers]
 * @property {Record<string, Active>} [active]
 * @property {Record<string, Finished>} [recent]
 * @property {Troubles} [errors]
 * @property {Troubles} [warnings]
 * @property {{ checksum?: string }} [server]
 * @property {{ times?: Record<string, { p50Milliseconds: number, p99Milliseconds: number }> }} [requests]
 */

const UNDER_WAY = ["starting", "planning", "uploading", "deleting", "waiting", "paused"];

/** @param {string} phase */
export function isUnderWay(phase) {
  return UNDER_WAY.includes(phase);
}

/** @type {Record<string, string>} */
const PHASES = {
  idle: "has not run yet", starting: "starting", planning: "looking and sending", uploading: "sending", done: "done", failed: "failed", stopped: "stopped",
  paused: "paused", lost: "lost", deleting: "deleting what is gone", waiting: "waits for an answer",
};

/** And when it came to that, where it is an end. @param {Job} job */
export function phase({ phase: now, dryRun, run = {} }) {
  const only = run.retryOf ? " (only what failed before)" : "";
  const end = run.endedAt === undefined || run.startedAt === undefined || isUnderWay(now) ? "" : `: ${moment(run.endedAt)}, after ${duration(run.endedAt - run.startedAt)}`;
  return (PHASES[now] ?? now) + (dryRun ? " (dry run: nothing is sent)" : only) + end;
}

/** Both units that people ask for: 10^6 bits. @param {number | undefined} rate */
export function speed(rate) {
  return rate === undefined ? "" : `${bytesPerSecond(rate)} = ${number((rate * 8) / 1e6, 1)}\u202fMbit/s`;
}

/** Whether there is a run to be shown, of now or of before. @param {Job | undefined} job */
export function hasRun(job) {
  return job?.files?.found !== undefined;
}

/** @param {Job} job */
export function progress({ files = {}, bytes: all = {}, phase: now }) {
  if (files.found === undefined) return now === "idle" ? "No run yet." : "…";
  if (now === "done" && !files.planned) return `Nothing had to be sent: of ${number(files.found)} files ${number(files.unchanged ?? 0)} are there already.`;
  const known = all.percent !== undefined ? `${percentOf(all.percent)}: ` : isUnderWay(now) ? "Still looking: " : "";
  return `${known}${number(files.uploaded ?? 0)} of ${number(files.planned ?? 0)} files sent and verified, ${bytes(all.done ?? 0)} of ${bytes(all.planned ?? 0)}`;
}

/** Never rounded up to 100. @param {number} value */
function percentOf(value) {
  return value > 99 && value < 100 ? `${number(value, 1)}\u202f%` : percent(value);
}

/** How long still, or why nobody knows; nothing between runs. @param {Job} job */
export function remaining({ estimate, phase: now, rates = {} }) {
  if (estimate?.remainingSeconds !== undefined) {
    const at = estimate.atLeast || estimate.doneAt === undefined ? "" : `, until ${briefly(estimate.doneAt)}`;
    return `${estimate.atLeast ? "at least " : "about "}${span(estimate.remainingSeconds)}${at}`;
  }
  if (!isUnderWay(now)) return "";
  if (now === "paused") return "n/a, because it is paused";
  if (now === "waiting") return "n/a, because it waits for an answer";
  if (rates.bytesPerSecond === 0) return "n/a, because nothing moves";
  return "n/a, because it has only begun";
}

/** With the two digits that the board gives. @param {number} seconds */
function span(seconds) {
  if (seconds < 100) return `${number(seconds)}\u202fs`;
  if (seconds < 6_000) return `${number(seconds / 60)}\u202fmin`;
  return `${number(seconds / 3_600, seconds < 36_000 ? 1 : 0)}\u202fh`;
}

/** Sizes in words. @param {Sizes | undefined} sizes */
export function sizeWords(sizes) {
  if (sizes?.meanBytes === undefined) return "";
  return `mean ${bytes(sizes.meanBytes)}, median ${bytes(sizes.p50Bytes ?? 0)}, 99 of 100 up to ${bytes(sizes.p99Bytes ?? 0)}, largest ${bytes(sizes.maximumBytes ?? 0)}`;
}
