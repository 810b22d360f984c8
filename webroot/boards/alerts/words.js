import { bytes, bytesPerSecond, duration, hertz, number, percent, perSecond } from "../../lib/format.js";
import { instant } from "../../lib/time.js";

/**
 * What the board says of an alert, as far as it is shown; all texts may hold names that others have chosen.
 * @typedef {object} Alert
 * @property {string} [board] that it is about
 * @property {string} [section] the part of that board
 * @property {string} [rule]
 * @property {string} [key]
 * @property {string} [watch] the path that its rule looks at; * stands for the key
 * @property {string} [of] the path of what its value is divided by
 * @property {string} [state] "pending" or "firing"
 * @property {string} [level] while it fires
 * @property {string} [text] one clause for people
 * @property {string} [help] what to do about it
 * @property {unknown} [value]
 * @property {string} [threshold]
 * @property {number} [since] when its condition began
 * @property {number} [firingSince]
 * @property {string} [acknowledgedBy]
 * @property {number} [acknowledgedAt]
 * @property {string} [acknowledgedNote]
 * @property {number} [acknowledgedUntil]
 * @property {number} [silencedUntil]
 * @property {boolean} [unknown] its figure is missing
 * @property {boolean} [flapping] it comes and goes
 * @property {number} [messageCount]
 *
 * @typedef {[string, Alert]} Named an alert with its id
 */

/** In the order in which they are shown. @type {[name: string, title: string, hint: string][]} */
export const GROUPS = [
  ["firing", "Firing", ""],
  ["unknown", "Firing, figures missing", "No data is not good news: these stay until there are figures again."],
  ["flapping", "Coming and going", "Told once, then held back until 30 minutes are quiet."],
  ["pending", "About to fire", "Their condition holds, but not for long enough yet."],
  ["acknowledged", "Acknowledged", "Somebody has seen these: they are not repeated."],
  ["silenced", "Silenced", "Nobody is told of these for a while."],
];

/** @type {Record<string, number>} */
const RANKS = { critical: 3, warning: 2, info: 1 };

/** Where it is listed. @param {Alert} alert */
export function groupOf(alert) {
  if (alert.state === "pending") return "pending";
  if (alert.silencedUntil !== undefined) return "silenced";
  if (alert.acknowledgedBy !== undefined) return "acknowledged";
  return alert.unknown ? "unknown" : alert.flapping ? "flapping" : "firing";
}

/** By group; in each the worst first, then the oldest. @param {Record<string, Alert>} [alerts] @returns {Map<string, Named[]>} */
export function grouped(alerts = {}) {
  const all = Object.entries(alerts).sort(([a, one], [b, other]) =>
    (RANKS[other.level ?? ""] ?? 0) - (RANKS[one.level ?? ""] ?? 0) || begun(one) - begun(other) || (a < b ? -1 : 1));
  return new Map(GROUPS.map(([name]) => [name, all.filter(([, alert]) => groupOf(alert) === name)]));
}

/** @param {Alert} alert */
function begun({ firingSince, since }) {
  return firingSince ?? since ?? 0;
}

/** As a badge; what is about to fire has no level yet. @param {Alert} alert @returns {[state: string, word: string | undefined]} */
export function badgeOf({ state, level }) {
  return state === "pending" ? ["waiting", "pending"] : [level ?? "unknown", undefined];
}

/** The units of numbers are in the names of their keys. @type {[RegExp, (value: number) => string][]} */
const UNITS = [
  [/percent$/i, percent], [/bytesPerSecond$/i, bytesPerSecond], [/bytes$/i, bytes], [/perSecond$/i, perSecond], [/hertz$/i, hertz],
  [/milliseconds$/i, (value) => `${plain(value)}\u202fms`], [/seconds$/i, (value) => duration(value * 1_000)], [/celsius$/i, (value) => `${plain(value)}\u202f°C`],
];

/** @param {number} value */
function plain(value) {
  return number(value, Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1);
}

/** A value as people write it. @param {string | undefined} watch the path of its key @param {unknown} value */
export function valueText(watch, value) {
  if (typeof value !== "number") return value === undefined ? "" : String(value);
  const key = (watch ?? "").replace(/"$/, "");
  return (UNITS.find(([names]) => names.test(key))?.[1] ?? plain)(value);
}

/** The same within a condition, such as "above 93". @param {string | undefined} watch @param {string} threshold */
export function thresholdText(watch, threshold) {
  const [, how = "", limit] = /^(above|below) (-?\d+(?:\.\d+)?)$/.exec(threshold) ?? [];
  return limit === undefined ? threshold : `${how} ${valueText(watch, Number(limit))}`;
}

/** What is to be said of it in short, each part a clause. @param {Alert} alert @param {number} now Unix ms by the server's clock @returns {string[]} */
export function factsOf(alert, now) {
  const from = begun(alert);
  const unit = alert.of === undefined ? alert.watch : undefined; // What is divided has none.
  const value = valueText(unit, alert.value);
  const threshold = alert.threshold === undefined ? "" : thresholdText(unit, alert.threshold);
  return [
    from > 0 ? `since ${instant(from, 0)} (${duration(now - from)})` : "",
    value && threshold ? `${value}; ${alert.state === "pending" ? "fires" : "fired"} ${threshold}` : value || threshold,
    alert.unknown ? "its figure is missing" : "",
    alert.flapping ? "comes and goes" : "",
    acknowledged(alert),
    alert.silencedUntil === undefined ? "" : `silenced until ${instant(alert.silencedUntil, 0)}`,
    alert.messageCount ? `in ${alert.messageCount} ${alert.messageCount === 1 ? "message" : "messages"}` : "",
  ].filter(Boolean);
}

/** @param {Alert} alert */
function acknowledged({ acknowledgedBy, acknowledgedAt, acknowledgedUntil, acknowledgedNote }) {
  if (acknowledgedBy === undefined) return "";
  const at = acknowledgedAt ? ` at ${instant(acknowledgedAt, 0)}` : "";
  const until = acknowledgedUntil ? `, until ${instant(acknowledgedUntil, 0)}` : "";
  return `seen by ${acknowledgedBy}${at}${until}${acknowledgedNote ? `: “${acknowledgedNote}”` : ""}`;
}

/** What the server's stable words mean here. @type {Record<string, string>} */
const REFUSALS = {
  unknown_alert: "This alert does not fire any more, so there is nothing to do.",
  unknown_silence: "This silence is over already.",
  unknown_channel: "There is no such channel any more.",
  login_required: "You are not signed in any more. Reload the page and sign in.",
  forbidden: "You may not do that here.",
  insufficient_scope: "You may not do that here: it takes the role operator.",
  board_unavailable: "The server does not answer for the alerts now. Try again in a moment.",
};

/** Why something did not work, one sentence for people. @param {unknown} error */
export function troubleOf(error) {
  const { body } = /** @type {{ body?: { error?: string, message?: string } }} */ (error ?? {});
  const known = Object.hasOwn(REFUSALS, body?.error ?? "") ? REFUSALS[body?.error ?? ""] : undefined;
  if (known) return known;
  if (body?.error === "channel_failed") return `It was not taken: ${body.message}`;
  const said = body?.message ?? (error instanceof Error ? error.message : `the server refuses it (${body?.error ?? error})`);
  return sentence(said);
}

/** @param {string} text */
function sentence(text) {
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`;
}
