import { bytes, number } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";

/**
 * What the board says, as types only; what is not known is absent.
 *
 * @typedef {{ files: number, bytes: number, deletedFiles: number, headSequence: number, unresolvedConflicts: number, heldMachines: number }} Folder
 * @typedef {{ name: string, status: string, sinceAt: number, address?: string, roundTripMilliseconds?: number, behindFiles: number, behindChanges: number,
 *   watchedDirectories: number, directories: number, busyFiles: number, skippedFiles: number, trouble?: string, driftFiles?: number, clashingNames?: number,
 *   ignoredFiles?: number, keptDirectories?: number, oldVersionsBytes?: number, oldVersionsMostBytes?: number }} Node
 * @typedef {{ path: string, from: string, to?: string, node?: string, folder: string, kind: string, phase?: string, sizeBytes: number, doneBytes?: number,
 *   wireBytes: number, reusedBytes?: number, milliseconds?: number, startedAt?: number }} Transfer
 * @typedef {{ device: string, version: string, size: number, mtimeNanos: number, contentId: string, kind: string }} Side
 * @typedef {{ folder: string, path: string, copyPath: string, kind: string, head: Side, other: Side }} Conflict
 * @typedef {{ folder: string, node: string, reason: string, goneFiles: number }} Hold
 */

/** What a machine is called; its id is of use to nobody. @param {any} state @param {string | undefined} id */
export function nameOf(state, id) {
  return own(state.nodes, id ?? "")?.name ?? (id ?? "").slice(0, 8);
}

/** @type {Record<string, { state: string, word: string }>} */
const STATUSES = {
  online: { state: "ok", word: "online" }, syncing: { state: "running", word: "syncing" }, paused: { state: "paused", word: "paused" },
  offline: { state: "off", word: "offline" }, error: { state: "warning", word: "held" },
};

/** @param {string} status */
export function statusOf(status) {
  return own(STATUSES, status) ?? { state: "unknown", word: status };
}

/** What is seldom worth saying of a machine. @param {Node} node @returns {string | undefined} */
export function alsoOf({ driftFiles, clashingNames, ignoredFiles, keptDirectories }) {
  const all = [
    driftFiles && `${number(driftFiles)} changed where others decide`, clashingNames && `${number(clashingNames)} names taken`,
    ignoredFiles && `${number(ignoredFiles)} left out by .pulseboardignore`, keptDirectories && `${number(keptDirectories)} directories kept for those`,
  ].filter(Boolean);
  return all.length > 0 ? all.join(", ") : undefined;
}

/** What a machine keeps of what others replaced or deleted. @param {Node} node @returns {string | undefined} */
export function oldVersionsOf({ oldVersionsBytes, oldVersionsMostBytes }) {
  return oldVersionsMostBytes === undefined ? undefined : `${bytes(oldVersionsBytes ?? 0)} of ${bytes(oldVersionsMostBytes)}`;
}

/** @type {Record<string, string>} */
const REASONS = {
  mass_delete: "much of it is gone at once",
  marker_missing: "its marker is missing: the disk may not be mounted",
};

/** @param {Hold} hold */
export function heldBecause({ reason, goneFiles }) {
  return `${own(REASONS, reason) ?? reason}${goneFiles > 0 ? ` (${number(goneFiles)} files and directories)` : ""}`;
}

/** How much of a file did not have to be sent. @param {{ sizeBytes: number, wireBytes: number }} transfer */
export function saved({ sizeBytes, wireBytes }) {
  const less = sizeBytes - wireBytes;
  if (sizeBytes === 0) return "n/a, because it is empty";
  return less >= 0 ? `${number((100 * less) / sizeBytes, 1)}\u202f% less than its size` : `${bytes(-less)} more than its size`;
}

/** @type {Record<string, string>} */
const EVENTS = {
  file_created: "made", file_modified: "changed", file_deleted: "deleted", conflict_detected: "conflict at", conflict_resolved: "conflict decided at",
  node_joined: "joined", node_left: "was forgotten", node_status_change: "is now", hold_placed: "is held", hold_released: "is held no more", sync_error: "cannot go on:",
};

/** @param {any} state @param {{ kind: string, node: string, path?: string, data?: any }} event */
export function eventText(state, { kind, node, path, data = {} }) {
  const who = data.name ?? nameOf(state, node);
  return [who, own(EVENTS, kind) ?? kind, path ?? "", data.status ?? "", data.reason ? data.reason.replaceAll("_", " ") : "", data.strategy ? `(${data.strategy})` : ""].filter(Boolean).join(" ");
}
