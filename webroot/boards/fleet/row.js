import { h, setAttribute, setHidden, setText, setVariable } from "../../lib/dom.js";
import { bytesPerSecond, number, percent } from "../../lib/format.js";
import { createBadge } from "../../ui/badge.js";
import { addressOf, alertsOf, badgeOf, levelOf, worstOf } from "./words.js";

/**
 * @typedef {import("./words.js").Host} Host
 * @typedef {{ key: string, name: string, hint?: string, isNumber?: boolean, text?: (host: Host) => string | undefined, share?: (host: Host) => number | undefined, isWide?: boolean }} Column
 */

const NOT_KNOWN = "n/a";

/** After state and name. @type {Column[]} */
export const COLUMNS = [
  { key: "cpuBusyPercent", name: "CPU", isNumber: true, text: ({ cpuBusyPercent: value }) => value === undefined ? undefined : percent(value), share: ({ cpuBusyPercent: value }) => value },
  { key: "memoryUsedPercent", name: "Memory", isNumber: true, text: ({ memoryUsedPercent: value }) => value === undefined ? undefined : percent(value), share: ({ memoryUsedPercent: value }) => value },
  { key: "fullestFilesystemPercent", name: "Fullest", hint: "the filesystem that is the fullest", isNumber: true, text: fullest, share: ({ fullestFilesystemPercent: value }) => value },
  { key: "criticalCount", name: "Alerts", hint: "that it raises itself: critical + warnings", isNumber: true, isWide: true, text: alertsOf },
  { key: "load1", name: "Load", hint: "over one minute; cores", isNumber: true, isWide: true, text: ({ load1, coreCount }) => load1 === undefined ? undefined : `${number(load1, 1)}${coreCount === undefined ? "" : ` / ${coreCount}`}` },
  { key: "receivedBytesPerSecond", name: "Received", isNumber: true, isWide: true, text: ({ receivedBytesPerSecond: value }) => value === undefined ? undefined : bytesPerSecond(value) },
  { key: "sentBytesPerSecond", name: "Sent", isNumber: true, isWide: true, text: ({ sentBytesPerSecond: value }) => value === undefined ? undefined : bytesPerSecond(value) },
];

/** @param {Host} host */
function fullest({ fullestFilesystemPercent: value, fullestFilesystem: path = "" }) {
  return value === undefined ? undefined : `${path} ${percent(value)}`;
}

/** A row that shows one machine after the other, as the list is scrolled. @param {(id: string) => void} open shows more of it */
export function createMachineRow(open) {
  let id = "";
  const badge = createBadge();
  const link = h("a", { class: "fleet-link" });
  const group = h("span", { class: "fleet-tags" });
  const worst = h("span", { class: "fleet-worst" });
  const more = h("button", { type: "button", class: "fleet-more", text: "…", "aria-haspopup": "dialog" });
  more.addEventListener("click", () => open(id));
  const cells = COLUMNS.map(createCell);
  const element = h("div", { class: "fleet-row", role: "row" },
    h("div", { class: "fleet-cell", role: "cell" }, badge.element),
    h("div", { class: "fleet-cell fleet-name", role: "cell" }, link, group, worst), ...cells.map((cell) => cell.element), h("div", { class: "fleet-cell", role: "cell" }, more));
  /** @param {string} itsId @param {Host} host @param {number} index from 1, of all */
  const show = (itsId, host, index) => {
    id = itsId;
    const name = host.name ?? id;
    badge.show(badgeOf(host), host.state ?? "unknown");
    setText(link, name);
    setAttribute(link, "href", addressOf(id));
    setText(group, Object.entries(host.tags ?? {}).map(([key, value]) => `${key}=${value}`).join(" "));
    setText(worst, worstOf(host));
    setAttribute(more, "aria-label", `More of ${name}`);
    setAttribute(element, "data-level", levelOf(host));
    setAttribute(element, "aria-rowindex", String(index));
    for (const cell of cells) cell.show(host);
  };
  return { element, show, get id() { return id; } };
}

/** @param {Column} column */
function createCell({ text = () => undefined, share, isWide }) {
  const words = h("span");
  const bar = share && h("i", { class: "fleet-bar", "aria-hidden": "true" });
  const element = h("div", { class: `fleet-cell number${isWide ? " wide" : ""}`, role: "cell" }, words, ...(bar ? [bar] : []));
  const show = (/** @type {Host} */ host) => {
    setText(words, text(host) ?? NOT_KNOWN);
    const part = share?.(host);
    if (!bar) return;
    setHidden(bar, part === undefined);
    if (part !== undefined) setVariable(bar, "--share", Math.min(1, part / 100));
  };
  return { element, show };
}

/** The heading of a group, which folds it. @param {(group: string) => void} fold */
export function createGroupRow(fold) {
  let group = "";
  const button = h("button", { type: "button", class: "fleet-fold" });
  button.addEventListener("click", () => fold(group));
  const element = h("div", { class: "fleet-row fleet-group", role: "row" }, h("div", { class: "fleet-cell", role: "cell" }, button));
  /** @param {string} name @param {number} count @param {number} live @param {boolean} isFolded @param {number} index */
  const show = (name, count, live, isFolded, index) => {
    group = name;
    setText(button, `${name || "no group"}: ${count} ${count === 1 ? "machine" : "machines"}, ${live} live`);
    setAttribute(button, "aria-expanded", String(!isFolded));
    setAttribute(element, "aria-rowindex", String(index));
  };
  return { element, show };
}
