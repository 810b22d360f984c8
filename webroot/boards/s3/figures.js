import { number } from "../../lib/format.js";
import { isUnderWay, speed } from "./words.js";

/** @typedef {import("./words.js").Job} Job */

/** @param {Job} job */
export function now({ phase, rates }) {
  return isUnderWay(phase) ? speed(rates?.bytesPerSecond) : "";
}

/** The highest speed is that of five seconds; there may not have been so many. @param {Job} job */
export function highest({ rates }) {
  return speed(rates?.peakBytesPerSecond);
}

/** @param {Job} job */
export function verified({ files, verification = {}, server = {} }) {
  if (files?.found === undefined) return "";
  const how = server.checksum === "crc32c" ? "by the server's checksum" : server.checksum === "none" ? "by MD5" : server.checksum === "weak" ? "by size only" : "";
  if (!verification.passed && !verification.failed) return "none";
  const damaged = verification.failed ? `, ${number(verification.failed)} arrived damaged` : "";
  return `${number(verification.passed ?? 0)} files ${how}${damaged}`;
}

/** Of those that there are. @param {Job} job */
export function others({ files: { found, failed = 0, conflicts = 0, unchanged = 0, skipped = 0, deleted = 0 } = {} }) {
  if (found === undefined) return "";
  const all = Object.entries({ failed, conflicts, unchanged, skipped, deleted }).filter(([, count]) => count > 0);
  return all.length === 0 ? "none" : all.map(([name, count]) => `${number(count)} ${name}`).join(", ");
}

/** How many requests at once, and why so many. @param {Job} job */
export function workers({ workers: now, phase }) {
  if (now?.target === undefined || !isUnderWay(phase)) return "";
  const busy = now.busy ?? 0;
  if (busy > now.target) return `${number(busy)} requests at once, ${number(now.target)} once some are through`;
  return `${number(busy)} of ${number(now.target)} requests at once${now.why ? ` (${now.why})` : ""}`;
}

/** @param {Job} job */
export function limit({ limitBytesPerSecond: most, phase }) {
  return most === undefined && isUnderWay(phase) ? "none" : speed(most);
}

/** How long the server takes, of the kinds of requests that there were. @param {Job} job */
export function requestTimes({ requests = {} }) {
  const all = Object.entries(requests.times ?? {});
  return all.map(([kind, { p50Milliseconds: half, p99Milliseconds: most }]) => `${kind} ${milliseconds(half)} (99\u202f%: ${milliseconds(most)})`).join(", ");
}

/** @param {number} value */
const milliseconds = (value) => value < 1_000 ? `${value}\u202fms` : `${(value / 1_000).toFixed(1)}\u202fs`;
