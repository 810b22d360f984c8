import { createBar, share } from "../../lib/bar.js";
import { Card, createFigure, createReadings } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h } from "../../lib/dom.js";
import { bytes, bytesPerSecond, percent } from "../../lib/format.js";
import { seriesName } from "../../lib/series-name.js";
import { createSmallChart } from "../../lib/small-chart.js";
import { markLevel } from "./level-badge.js";

/**
 * @typedef {import("../../lib/state.js").HostState} HostState
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 */

/** @type {import("./board.js").Mount} */
export function mount(element, feed, _directory, alerts) {
  const card = new Card(element, feed, { title: "Memory", sampler: "memory" });
  card.headline(({ memory }) => memory?.usedPercent, percent, "used");
  const parts = [memoryChart(feed), memoryBar(feed), readings(feed), swap(feed, alerts)];
  card.body.append(...parts.map((part) => part.element));
  card.ends.add(...parts.map((part) => part.remove));
  return card.ends.run;
}

/** @param {LiveFeed} feed */
function memoryChart(feed) {
  const read = (/** @type {HostState} */ { memory }) => memory?.usedPercent;
  return createChart(feed, {
    label: "Memory used", text: percent, top: 100, axis: true,
    series: [{ name: "used", tone: "tone-memory", read, from: [seriesName("memory", "usedPercent")] }],
  });
}

/** Cached pages are given back when needed: never more of them than is available. @param {HostState} state */
function reclaimable({ memory = {} }) {
  const kept = (memory.cachedBytes ?? 0) + (memory.buffersBytes ?? 0);
  return share(Math.min(kept, memory.availableBytes ?? kept), memory.totalBytes);
}

/** @param {LiveFeed} feed */
function memoryBar(feed) {
  return createBar(feed, [
    { tone: "tone-memory", read: ({ memory }) => share(memory?.usedBytes, memory?.totalBytes) },
    { tone: "tone-cache", read: reclaimable },
  ]);
}

/** @param {LiveFeed} feed */
function readings(feed) {
  return createReadings(feed, [
    { name: "used", tone: "tone-memory", read: ({ memory }) => memory?.usedBytes, text: bytes,
      hint: "total less available: what cannot be given to a new program" },
    { name: "available", read: ({ memory }) => memory?.availableBytes, text: bytes },
    { name: "cached", tone: "tone-cache", read: ({ memory }) => memory?.cachedBytes, text: bytes },
    { name: "buffers", tone: "tone-cache", read: ({ memory }) => memory?.buffersBytes, text: bytes },
    { name: "total", read: ({ memory }) => memory?.totalBytes, text: bytes },
  ]);
}

/** @param {LiveFeed} feed @param {import("./alerts.js").Alerts} alerts */
function swap(feed, alerts) {
  const used = createFigure(feed, { read: ({ memory }) => memory?.swap?.usedPercent, text: percent });
  const bar = createBar(feed, [{ tone: "tone-swap", read: ({ memory }) => (memory?.swap?.usedPercent ?? 0) / 100 }]);
  const figures = createReadings(feed, [
    { name: "used", tone: "tone-swap", read: ({ memory }) => memory?.swap?.usedBytes, text: bytes },
    { name: "total", read: ({ memory }) => memory?.swap?.totalBytes, text: bytes },
    { name: "in", read: ({ memory }) => memory?.swap?.inBytesPerSecond, text: bytesPerSecond },
    { name: "out", read: ({ memory }) => memory?.swap?.outBytesPerSecond, text: bytesPerSecond },
  ]);
  const chart = createSmallChart(feed, {
    label: "Swap used", text: percent, top: 100,
    series: [{ name: "used", tone: "tone-swap", read: ({ memory }) => memory?.swap?.usedPercent, from: [seriesName("memory", "swap", "usedPercent")] }],
  });
  const head = h("div", { class: "row-head" }, h("h3", { text: "Swap" }), used.element);
  const present = h("div", { class: "stack" }, bar.element, h("div", { class: "beside" }, figures.element, chart.element));
  const absent = h("p", { class: "quiet", text: "This host has no swap." });
  present.hidden = head.hidden = absent.hidden = true;
  const stop = feed.watch(({ memory }) => memory?.swap !== undefined, (has) => {
    present.hidden = head.hidden = !has;
    absent.hidden = has;
  });
  const element = h("div", { class: "block" }, head, present, absent);
  const mark = markLevel(alerts, element, ["memory", "swap"]);
  used.element.before(mark.badge);
  const parts = [used, bar, figures, chart, mark];
  return { element, remove: () => [stop, ...parts.map((part) => part.remove)].forEach((end) => end()) };
}
