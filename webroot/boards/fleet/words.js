import { addressOf as boardAddress, HOME } from "../../lib/board-address.js";
import { percent } from "../../lib/format.js";

/**
 * One machine of the board: figures that are not known are absent.
 * @typedef {{ name?: string, group?: string, tags?: Record<string, string>, version?: string, state?: string, since?: number, cpuBusyPercent?: number,
 *   load1?: number, coreCount?: number, memoryUsedPercent?: number, swapUsedPercent?: number, pressurePercent?: number, busiestDiskPercent?: number,
 *   fullestFilesystemPercent?: number, fullestFilesystem?: string, receivedBytesPerSecond?: number, sentBytesPerSecond?: number, hottestCelsius?: number,
 *   criticalCount?: number, warningCount?: number, page?: string, linkBytesPerSecond?: number, resyncCount?: number, clockSkewMilliseconds?: number, twin?: boolean, node?: string }} Host
 * @typedef {Record<string, Host>} Hosts by id
 * @typedef {"critical" | "warning" | "unknown" | "ok"} Level
 */

/** The row of the machine that shows the page is called as its board. */
export const OWN = HOME;

/** What a badge shows for each state. @type {Record<string, string>} */
const BADGES = { live: "ok", late: "warning", offline: "critical", leaving: "waiting", unknown: "unknown", refused: "off" };

export const STATES = Object.keys(BADGES);

/** @param {Host} host */
export const badgeOf = ({ state = "unknown" }) => Object.hasOwn(BADGES, state) ? BADGES[state] : "unknown";

/** Where the rules of the board begin to warn, and to alarm. @type {[key: "fullestFilesystemPercent" | "memoryUsedPercent", warning: number, critical: number][]} */
const LIMITS = [["fullestFilesystemPercent", 85, 95], ["memoryUsedPercent", 95, Infinity]];

/** How bad it is. @param {Host} host @returns {Level} */
export function levelOf(host) {
  if (host.state === "offline" || (host.criticalCount ?? 0) > 0 || LIMITS.some(([key, , critical]) => (host[key] ?? 0) > critical)) return "critical";
  if (host.state === "late" || host.twin || (host.warningCount ?? 0) > 0 || LIMITS.some(([key, warning]) => (host[key] ?? 0) > warning)) return "warning";
  return host.state === "live" ? "ok" : "unknown";
}

/** @type {Level[]} */
const ORDER = ["critical", "warning", "unknown", "ok"];

/** The worst first. @param {Host} host */
export const rankOf = (host) => ORDER.indexOf(levelOf(host));

/** What fires on a machine that judges itself. @param {Host} host */
export function alertsOf({ criticalCount: critical, warningCount: warnings = 0 }) {
  if (critical === undefined) return undefined;
  if (critical > 0) return `${critical} critical${warnings > 0 ? ` + ${warnings}` : ""}`;
  return warnings === 0 ? "none" : `${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
}

/** What is most remarkable, in few words. @param {Host} host */
export function worstOf(host) {
  if (host.state !== "live") return "";
  const { fullestFilesystemPercent: full, fullestFilesystem: path = "", memoryUsedPercent: memory, cpuBusyPercent: cpu } = host;
  if ((host.criticalCount ?? 0) + (host.warningCount ?? 0) > 0) return alertsOf(host) ?? "";
  if (full !== undefined && full > 85) return `${path} ${percent(full)} full`;
  if (memory !== undefined && memory > 95) return `memory ${percent(memory)}`;
  return cpu === undefined ? "" : `CPU ${percent(cpu)}`;
}

/**
 * What is wrong with what all hubs share, and with other hubs.
 * @param {string} store
 * @param {Record<string, { state?: string }>} nodes
 */
export function hubTrouble(store, nodes) {
  const gone = Object.keys(nodes).filter((name) => nodes[name]?.state === "gone");
  const readOnly = store === "ok" ? "" : "Nothing can be changed now: names, groups, codes and sign-ins stay as they are.";
  const missing = gone.length ? `${gone.length === 1 ? "The hub" : "The hubs"} ${gone.join(", ")} ${gone.length === 1 ? "is" : "are"} not heard of.` : "";
  return [missing, readOnly].filter(Boolean).join(" ");
}

/** @param {string} id */
export const addressOf = (id) => boardAddress(id === OWN ? HOME : `${id}/${HOME}`);
