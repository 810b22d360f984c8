import { createBar } from "../../lib/bar.js";
import { Card, createFigure, Ends } from "../../lib/card.js";
import { h, recall, remember, setText } from "../../lib/dom.js";
import { bytes, inAbout, percent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createMore } from "../../lib/show-more.js";
import { wrongFirst } from "../../lib/order.js";
import { byName, createRows } from "../../lib/rows.js";
import { ANY, seriesName } from "../../lib/series-name.js";
import { createSmallChart } from "../../lib/small-chart.js";
import { markLevel } from "./level-badge.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../../lib/state.js").HostState} HostState
 * @typedef {import("../../lib/state.js").Filesystem} Filesystem
 */

const SHOWN = 8;
/** Inodes run out so rarely that they are worth a word only then. */
const INODES_WORTH_TELLING = 75;

/** From here on what is full comes first, also where nothing is judged. */
const FULL_FROM = 92;

/** @type {import("./board.js").Mount} */
export function mount(element, feed, _directory, alerts) {
  const card = new Card(element, feed, { title: "File systems", sampler: "filesystems" });
  card.headline(fullest, percent, "fullest");
  const list = h("ul", { class: "rows" });
  const rows = createRows(list, (mountPoint) => createFilesystem(feed, mountPoint, alerts));
  const more = createMore("file systems", SHOWN, rows.show);
  const rank = (/** @type {string} */ key) => Math.max(wrong(own(feed.state?.filesystems, key)), alerts.rank(["filesystems", key]));
  const offer = () => {
    const keys = sorted(feed.state?.filesystems ?? {}, recall("filesystems", "fullness"), rank);
    more.offer(keys, Math.max(SHOWN, keys.filter(rank).length));
  };
  const chart = createSmallChart(feed, {
    label: "Fullest file system", text: percent, top: 100,
    series: [{ name: "fullest", tone: "tone-write", read: fullest, from: [seriesName("filesystems", ANY, "usedPercent")] }],
  });
  card.heading.after(orderButton(offer));
  card.body.append(chart.element, list, more.element);
  card.watch((state) => state.filesystems, offer);
  card.ends.add(rows.clear, chart.remove, alerts.listen(offer));
  return card.ends.run;
}

/** @param {HostState} state */
function fullest({ filesystems = {} }) {
  const known = Object.values(filesystems).map((one) => one.usedPercent).filter((used) => used !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** @param {Record<string, Filesystem>} all @param {string} order @param {(key: string) => number} rank how much is wrong with each */
export function sorted(all, order, rank) {
  const used = (/** @type {string} */ key) => own(all, key)?.usedPercent ?? -1;
  const keys = Object.keys(all).sort((a, b) => (order === "fullness" ? used(b) - used(a) : 0) || byName(a, b));
  return wrongFirst(keys, rank);
}

/** One that does not answer, then those that are full or out of inodes. @param {Filesystem | undefined} one */
function wrong({ unavailable, usedPercent, inodesUsedPercent } = {}) {
  if (unavailable) return 3;
  return Math.max(usedPercent ?? 0, inodesUsedPercent ?? 0) < FULL_FROM ? 0 : 1;
}

/** @param {() => void} changed */
function orderButton(changed) {
  const button = h("button", { type: "button", class: "order" });
  const show = () => setText(button, recall("filesystems", "fullness") === "fullness" ? "by fullness" : "by mount point");
  button.addEventListener("click", () => {
    remember("filesystems", recall("filesystems", "fullness") === "fullness" ? "mount" : "fullness");
    show();
    changed();
  });
  show();
  return button;
}

/** @param {LiveFeed} feed @param {string} mountPoint @param {import("./alerts.js").Alerts} alerts */
function createFilesystem(feed, mountPoint, alerts) {
  const of = (/** @type {HostState} */ state) => /** @type {Filesystem | undefined} */ (own(state.filesystems, mountPoint));
  const figure = createFigure(feed, { read: (state) => of(state)?.usedPercent, text: percent, sampler: "filesystems" });
  const bar = createBar(feed, [{ tone: "tone-level", read: (state) => (of(state)?.usedPercent ?? 0) / 100 }]);
  const sizes = h("span", { class: "label" });
  const device = h("span", { class: "device" });
  const name = h("span", { class: "row-name", text: mountPoint, title: mountPoint });
  const element = h("li", { class: "row" });
  const mark = markLevel(alerts, element, ["filesystems", mountPoint]);
  element.append(h("div", { class: "row-head" }, name, mark.badge, figure.element), bar.element, h("div", { class: "row-foot" }, device, sizes));
  const ends = new Ends();
  ends.add(figure.remove, bar.remove, mark.remove);
  // How much is left in time is judged from the history, on the board of alerts.
  const showSizes = () => setText(sizes, [describeSizes(of(feed.state ?? {})), untilFull(alerts, mountPoint, feed.serverTime)].filter(Boolean).join(" · "));
  ends.add(feed.watch((state) => describeSizes(of(state)), showSizes), alerts.listen(showSizes));
  ends.add(feed.watch((state) => describeDevice(of(state)), (text) => setText(device, text)));
  ends.add(feed.watch((state) => Boolean(of(state)?.unavailable || of(state)?.forcedReadOnly), (isBroken) => sizes.classList.toggle("faults", isBroken)));
  return { element, remove: ends.run };
}

/** @param {import("./alerts.js").Alerts} alerts @param {string} mountPoint @param {number} now Unix ms @returns {string} "" where it does not fill up */
function untilFull(alerts, mountPoint, now) {
  const at = own(alerts.state?.forecasts, mountPoint)?.fullAt;
  return typeof at === "number" ? `full ${inAbout(at - now)}` : "";
}

/** @param {Filesystem | undefined} one */
function describeSizes(one = {}) {
  if (one.unavailable) return one.unavailable;
  const inodes = one.inodesUsedPercent ?? 0;
  // Not "of the total": a part is reserved for root, and the percentage is of what others can use, as df shows it.
  // How much still fits on btrfs depends on its profiles of RAID and on what is written: it estimates.
  const free = one.type === "btrfs" ? "free (estimate)" : "free";
  const sizes = one.totalBytes === undefined ? "" : `${bytes(one.usedBytes ?? 0)} used · ${bytes(one.freeBytes ?? 0)} ${free}`;
  const readOnly = one.forcedReadOnly ? "went read-only" : "";
  const inodesLeft = inodes < INODES_WORTH_TELLING ? "" : `inodes ${percent(inodes)}${one.type === "xfs" ? " (dynamic)" : ""}`;
  return [readOnly, sizes, inodesLeft].filter(Boolean).join(" · ");
}

/** @param {Filesystem | undefined} one */
function describeDevice({ type, device } = {}) {
  return [type, device].filter(Boolean).join(" · ");
}
