import { createBar, level } from "../../lib/bar.js";
import { Card, createFigure, Ends } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h, recall, remember, setText } from "../../lib/dom.js";
import { bytes, percent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createMore } from "../../lib/show-more.js";
import { wrongFirst } from "../../lib/order.js";
import { byName, createRows } from "../../lib/rows.js";
import { ANY, seriesName } from "../../lib/series-name.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../../lib/state.js").HostState} HostState
 * @typedef {import("../../lib/state.js").Filesystem} Filesystem
 */

const SHOWN = 8;
/** Inodes run out so rarely that they are worth a word only then. */
const INODES_WORTH_TELLING = 75;

/** @param {HTMLElement} element @param {LiveFeed} feed */
export function mount(element, feed) {
  const card = new Card(element, feed, { title: "File systems", sampler: "filesystems" });
  card.headline(fullest, percent, "fullest");
  const list = h("ul", { class: "rows" });
  const rows = createRows(list, (mountPoint) => createFilesystem(feed, mountPoint));
  const more = createMore("file systems", SHOWN, rows.show);
  const offer = () => more.offer(sorted(feed.state?.filesystems ?? {}, recall("filesystems", "fullness")));
  const chart = createChart(feed, {
    label: "Fullest file system", text: percent, top: 100,
    series: [{ name: "fullest", tone: "tone-write", read: fullest, from: [seriesName("filesystems", ANY, "usedPercent")] }],
  });
  chart.element.classList.add("small");
  card.heading.after(orderButton(offer));
  card.body.append(chart.element, list, more.element);
  card.watch((state) => state.filesystems, offer);
  card.ends.add(rows.clear, chart.remove);
  return card.ends.run;
}

/** @param {HostState} state */
function fullest({ filesystems = {} }) {
  const known = Object.values(filesystems).map((one) => one.usedPercent).filter((used) => used !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** @param {Record<string, Filesystem>} all @param {string} order */
export function sorted(all, order) {
  const used = (/** @type {string} */ key) => own(all, key)?.usedPercent ?? -1;
  const keys = Object.keys(all).sort((a, b) => (order === "fullness" ? used(b) - used(a) : 0) || byName(a, b));
  return wrongFirst(keys, (key) => wrong(own(all, key)));
}

/** One that does not answer, then those that are full or out of inodes. @param {Filesystem | undefined} one */
function wrong({ unavailable, usedPercent, inodesUsedPercent } = {}) {
  if (unavailable) return 2;
  return level(Math.max(usedPercent ?? 0, inodesUsedPercent ?? 0)) === "alarm" ? 1 : 0;
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

/** @param {LiveFeed} feed @param {string} mountPoint */
function createFilesystem(feed, mountPoint) {
  const of = (/** @type {HostState} */ state) => /** @type {Filesystem | undefined} */ (own(state.filesystems, mountPoint));
  const figure = createFigure(feed, { read: (state) => of(state)?.usedPercent, text: percent, sampler: "filesystems" });
  const bar = createBar(feed, [{ tone: "tone-level", read: (state) => (of(state)?.usedPercent ?? 0) / 100 }]);
  const sizes = h("span", { class: "label" });
  const device = h("span", { class: "device" });
  const element = h("li", { class: "row" },
    h("div", { class: "row-head" }, h("span", { class: "row-name", text: mountPoint, title: mountPoint }), figure.element),
    bar.element,
    h("div", { class: "row-foot" }, device, sizes));
  const ends = new Ends();
  ends.add(figure.remove, bar.remove);
  ends.add(feed.watch((state) => describeSizes(of(state)), (text) => setText(sizes, text)));
  ends.add(feed.watch((state) => describeDevice(of(state)), (text) => setText(device, text)));
  ends.add(feed.watch((state) => (of(state)?.unavailable || of(state)?.forcedReadOnly ? "alarm" : level(of(state)?.usedPercent)), (value) => {
    element.dataset.level = value;
  }));
  return { element, remove: ends.run };
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
