import { bytes, bytesPerSecond, number, percent, withUnit } from "../../lib/format.js";
import { briefly } from "../../lib/time.js";

/**
 * What the board says of an uploader, as types only; what is not known yet is absent.
 *
 * @typedef {{ found?: number, planned?: number, uploaded?: number, unchanged?: number, skipped?: number, failed?: number, processed?: number,
 *   percent?: number }} Files
 * @typedef {{ found?: number, planned?: number, done?: number, inFlight?: number, percent?: number }} Bytes
 * @typedef {{ bytesPerSecond?: number, averageBytesPerSecond?: number, peakBytesPerSecond?: number, filesPerSecond?: number }} Rates
 * @typedef {{ path: string, bytes: number, size: number, bytesPerSecond: number, remoteEstimateSeconds?: number }} Active
 * @typedef {{ path?: string, code: string, message: string, at: number }} Trouble
 * @typedef {{ path: string, bytes: number, result: string, at: number }} Finished
 * @typedef {{ number: number, strategy: string, account: string, accountName: string, files?: number, bytes?: number, largestBytes?: number, transfers: number,
 *   startedAt: number }} Stage
 *
 * @typedef {{ files?: number, bytes?: number, listing: boolean, listedAt?: number, trouble?: string, confidence?: string, p50Bytes?: number, p75Bytes?: number,
 *   p90Bytes?: number, p95Bytes?: number, p99Bytes?: number, meanBytes?: number, maximumBytes?: number,
 *   tooLargeFiles?: number, tooLargeBytes?: number, tooLargePath?: string,
 *   buckets?: Record<string, { files: number, bytes: number, filesPercent: number }>, ages?: Record<string, { files: number, bytes: number }> }} Queue
 *
 * @typedef {object} Uploader
 * @property {string} [source]
 * @property {string} target
 * @property {string} kind
 * @property {string} phase
 * @property {string} [trouble]
 * @property {number} [until]
 * @property {{ bytes: number, at?: number }} [next]
 * @property {{ id: string, startedAt: number, endedAt?: number, seconds?: number, accountsUsed: number, reason?: string }} [session]
 * @property {{ id: string, phase?: string, endedAt?: number, uploaded?: number }} [lastSession] also after a restart
 * @property {Stage} [stage]
 * @property {string} [position]
 * @property {Files} [files]
 * @property {Bytes} [bytes]
 * @property {Rates} [rates]
 * @property {{ remainingSeconds?: number, doneAt?: number }} [estimate]
 * @property {Queue} [queue]
 * @property {{ limitBytesPerSecond: number, why: string }} [bandwidth]
 * @property {Record<string, { text: string, count: number, needed: number, suspendHours: number, windowEndsAt?: number }>} [triggers]
 * @property {Record<string, Active>} [active]
 * @property {Record<string, Finished>} [recent]
 * @property {{ count: number, recent: Record<string, Trouble> }} [errors]
 * @property {{ version: string, pid?: number, kind: string, asksForPassword?: boolean }} [rclone]
 * @property {{ files: number, totalFiles: number, bytes: number, totalBytes: number }} [reported] of somebody else's rclone
 *
 * @typedef {{ name: string, status: string, usedBytes: number, quotaBytes: number, usedPercent: number, sessionBytes: number, sessionFiles: number,
 *   totalBytes: number, totalFiles: number, windowStartedAt?: number, resetsAt?: number, suspendedUntil?: number, reason?: string, uploader?: string }} Account
 */

const UNDER_WAY = ["starting", "uploading", "between", "paused", "waiting"];

/** @param {string} phase */
export function isUnderWay(phase) {
  return UNDER_WAY.includes(phase);
}

/** @type {Record<string, string>} */
const PHASES = {
  idle: "idle", listing: "listing the folder", starting: "starting rclone", uploading: "uploading", between: "between stages", paused: "paused",
  away: "not there", waiting: "waiting", done: "done", failed: "failed", stopped: "stopped", lost: "rclone is lost",
};

/** @param {string} now */
export function phase(now) {
  return PHASES[now] ?? now;
}

/** Both units that people ask for: 10^6 bits. @param {number | undefined} rate */
export function speed(rate) {
  return rate === undefined ? "" : `${bytesPerSecond(rate)} = ${number((rate * 8) / 1e6, 1)}\u202fMbit/s`;
}

/** What it is about. @param {Uploader} uploader */
export function where({ kind, source, target }) {
  return kind === "attached" ? `watches the rclone at ${target}` : `${kind} ${source} → ${target}`;
}

/** Somebody else's rclone. @param {Uploader} uploader */
function foreign({ phase: now, rclone }) {
  if (now === "away") return "Nobody listens there: that rclone has ended, or not begun.";
  return `Somebody else's rclone: it is shown, and never commanded.${rclone?.asksForPassword === false
    ? " It asks for no password, so whoever reaches it can read it too, and with --rc-no-auth command it." : ""}`;
}

/** What goes on, in one line. @param {Uploader} uploader */
export function banner(uploader) {
  const { kind, phase: now, stage, position, session, queue, trouble, until, next: then } = uploader;
  if (trouble) return trouble;
  if (kind === "attached") return foreign(uploader);
  if (queue?.trouble && !isUnderWay(now)) return queue.trouble;
  if (stage) return `Stage ${stage.number}, by ${stage.accountName}${position ? ` (${position})` : ""}${stage.files === undefined ? "" : `: ${number(stage.files)} files, ${bytes(stage.bytes ?? 0)}`}`;
  if (isUnderWay(now)) return `${session?.reason ?? ""}${until === undefined ? "" : `, until ${briefly(until)}`}`;
  return `No active upload session${then ? `; ${next(then)}` : ""}${session?.reason ? `; the last one: ${session.reason}` : ""}`;
}

/** Limits are set in powers of 1,000, so they are shown so. @param {number} value */
export function decimal(value) {
  return withUnit(value, "B");
}

/** When the next session may begin by itself. @param {{ bytes: number, at?: number }} condition */
function next({ bytes: enough, at }) {
  return `the next one begins when ${decimal(enough)} wait${at === undefined ? "" : `, not before ${briefly(at)}`}`;
}

/** @param {Uploader} uploader */
export function progress({ kind, reported, files = {}, bytes: all = {}, queue }) {
  if (kind === "attached") {
    return reported ? `rclone counts ${number(reported.files)} of ${number(reported.totalFiles)} files, ${bytes(reported.bytes)} of ${bytes(reported.totalBytes)}` : "";
  }
  if (files.found === undefined && queue?.trouble) return `What waits is not known: ${queue.trouble}`;
  if (files.found === undefined) return queue?.files === undefined ? "The folder has not been listed yet." : waits(queue.files, queue.bytes ?? 0);
  return `${percentOf(all.percent ?? 0)}: ${number(files.uploaded ?? 0)} of ${number(files.planned ?? 0)} files, ${bytes(all.done ?? 0)} of ${bytes(all.planned ?? 0)}`;
}

/** @param {number} files @param {number} size */
export function waits(files, size) {
  return files === 0 ? "Nothing waits." : `${number(files)} ${files === 1 ? "file waits" : "files wait"}, ${bytes(size)}`;
}

/** Never rounded up to 100. @param {number} value */
function percentOf(value) {
  return value > 99 && value < 100 ? `${number(value, 1)}\u202f%` : percent(value);
}

/** How long still, or why nobody knows; nothing between sessions. @param {Uploader} uploader */
export function remaining({ estimate, phase: now, rates = {} }) {
  if (estimate?.remainingSeconds !== undefined) return `about ${span(estimate.remainingSeconds)}${estimate.doneAt === undefined ? "" : `, until ${briefly(estimate.doneAt)}`}`;
  if (!isUnderWay(now)) return "";
  if (now === "paused" || now === "waiting") return `n/a, because it is ${now}`;
  if (rates.bytesPerSecond === 0) return "n/a, because nothing moves";
  return "n/a, because it has only begun";
}

/** With the two digits that the board gives. @param {number} seconds */
export function span(seconds) {
  if (seconds < 100) return `${number(seconds)}\u202fs`;
  if (seconds < 6_000) return `${number(seconds / 60)}\u202fmin`;
  return `${number(seconds / 3_600, seconds < 36_000 ? 1 : 0)}\u202fh`;
}

/** @param {Uploader} uploader */
export function others({ files }) {
  const all = [["unchanged", files?.unchanged], ["skipped", files?.skipped], ["failed", files?.failed]];
  return files?.found === undefined ? "" : all.map(([name, count]) => `${number(Number(count ?? 0))} ${name}`).join(", ");
}
