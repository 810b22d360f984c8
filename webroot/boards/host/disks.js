import { Card, createFigure, createReadings } from "../../lib/card.js";
import { h } from "../../lib/dom.js";
import { bytesPerSecond, number, percent, withUnit } from "../../lib/format.js";
import { createLineRow } from "../../lib/line-row.js";
import { own } from "../../lib/merge-patch.js";
import { createMore } from "../../lib/show-more.js";
import { withinFirst, wrongFirst } from "../../lib/order.js";
import { byName, createRows } from "../../lib/rows.js";
import { roundUpBytes } from "../../lib/scale.js";
import { seriesName } from "../../lib/series-name.js";
import { createSmallChart } from "../../lib/small-chart.js";
import { markLevel } from "./level-badge.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../../lib/state.js").HostState} HostState
 * @typedef {import("../../lib/state.js").Disk} Disk
 */

const SHOWN = 6;

/** @type {import("./board.js").Mount} */
export function mount(element, feed, _directory, alerts) {
  const card = new Card(element, feed, { title: "Disks", sampler: "disks" });
  card.headline(busiest, percent, "busiest");
  const list = h("ul", { class: "rows" });
  const rows = createRows(list, (name) => createDisk(feed, name, alerts));
  const more = createMore("disks", SHOWN, rows.show);
  card.body.append(list, more.element);
  const rank = (/** @type {string} */ name) => alerts.rank(["disks", name]);
  const offer = () => {
    const names = sorted(feed.state?.disks ?? {}, rank);
    more.offer(names, Math.max(SHOWN, names.filter(rank).length));
  };
  card.watch((state) => state.disks, offer);
  card.ends.add(rows.clear, alerts.listen(offer));
  return card.ends.run;
}

/** A disk that is busy nearly all the time has work waiting: from there on it comes first. */
const WRONG_FROM = 80;

/** @param {Record<string, Disk>} all @param {(name: string) => number} rank what is said of each */
export function sorted(all, rank = () => 0) {
  const busy = (/** @type {string} */ key) => own(all, key)?.busyPercent ?? -1;
  const names = Object.keys(all).sort(byName);
  const [first] = [...names].sort((a, b) => busy(b) - busy(a));
  return withinFirst(wrongFirst(names, (key) => Math.max(busy(key) < WRONG_FROM ? 0 : 1, 2 * rank(key))), SHOWN, first);
}

/** @param {HostState} state */
function busiest({ disks = {} }) {
  const known = Object.values(disks).map((disk) => disk.busyPercent).filter((busy) => busy !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** @param {LiveFeed} feed @param {string} name @param {import("./alerts.js").Alerts} alerts */
function createDisk(feed, name, alerts) {
  const of = (/** @type {HostState} */ state) => /** @type {Disk | undefined} */ (own(state.disks, name));
  const read = (/** @type {HostState} */ state) => of(state)?.readBytesPerSecond;
  const written = (/** @type {HostState} */ state) => of(state)?.writtenBytesPerSecond;
  const reads = createFigure(feed, { read, text: bytesPerSecond, sampler: "disks" });
  const writes = createFigure(feed, { read: written, text: bytesPerSecond, sampler: "disks" });
  const chart = createSmallChart(feed, {
    label: `${name} read`, text: bytesPerSecond, least: 65_536, fine: 1_024, roof: roundUpBytes,
    series: [
      { name: "read", tone: "tone-read", read, from: [seriesName("disks", name, "readBytesPerSecond")] },
      { name: "written", tone: "tone-write", read: written, from: [seriesName("disks", name, "writtenBytesPerSecond")], fill: "none" },
    ],
  });
  const readings = createReadings(feed, [
    { name: "busy", read: (state) => of(state)?.busyPercent, text: percent },
    { name: "reads", read: (state) => of(state)?.readsPerSecond, text: (value) => withUnit(value, "/s") },
    { name: "writes", read: (state) => of(state)?.writesPerSecond, text: (value) => withUnit(value, "/s") },
    { name: "queue", read: (state) => of(state)?.queueLength, text: (value) => number(value, 1) },
    { name: "wait", read: (state) => of(state)?.averageWaitMilliseconds, text: (value) => `${number(value, 1)}\u202fms` },
  ]);
  readings.element.classList.add("tight");
  const element = createLineRow({ name, chart: chart.element, more: [readings.element], figures: [
    { sign: "read", title: "read", tone: "tone-read", figure: reads.element },
    { sign: "write", title: "written", tone: "tone-write", figure: writes.element },
  ] });
  const mark = markLevel(alerts, element, ["disks", name]);
  element.firstElementChild?.append(mark.badge);
  const parts = [reads, writes, chart, readings, mark];
  return { element, remove: () => parts.forEach((part) => part.remove()) };
}
