import { createBar } from "../../lib/bar.js";
import { Card, createFigure, createReadings } from "../../lib/card.js";
import { h } from "../../lib/dom.js";
import { bytes, number, percent } from "../../lib/format.js";
import { seriesName } from "../../lib/series-name.js";
import { createSmallChart } from "../../lib/small-chart.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

/**
 * Only inside a limited container: there the host's figures alone would mislead.
 * @param {HTMLElement} element
 * @param {LiveFeed} feed
 */
export function mount(element, feed) {
  const card = new Card(element, feed, { title: "Container", hint: "this container's limit" });
  card.showWhile((state) => state.container !== undefined);
  const parts = [
    share(feed, "CPU", "tone-user", "cpuUsedPercent"),
    share(feed, "Memory", "tone-memory", "memoryUsedPercent"),
    createReadings(feed, [
      { name: "CPU limit", read: (state) => state.container?.cpuLimitCores, text: (value) => `${number(value, 1)}\u202fcores` },
      { name: "memory used", read: (state) => state.container?.memoryUsedBytes, text: bytes },
      { name: "memory limit", read: (state) => state.container?.memoryLimitBytes, text: bytes },
    ]),
  ];
  const [cpu, memory, limits] = parts.map((part) => part.element);
  card.body.append(h("div", { class: "halves" }, cpu ?? "", memory ?? ""), limits ?? "");
  card.ends.add(...parts.map((part) => part.remove));
  return card.ends.run;
}

/** @param {LiveFeed} feed @param {string} name @param {string} tone @param {"cpuUsedPercent" | "memoryUsedPercent"} key */
function share(feed, name, tone, key) {
  const read = (/** @type {import("../../lib/state.js").HostState} */ state) => state.container?.[key];
  const figure = createFigure(feed, { read, text: percent });
  const bar = createBar(feed, [{ tone, read: (state) => (read(state) ?? 0) / 100 }]);
  const chart = createSmallChart(feed, {
    label: `${name} of this container's limit`, text: percent, top: 100, series: [{ name: "used", tone, read, from: [seriesName("container", key)] }],
  });
  const head = h("div", { class: "row-head" }, h("h3", { text: name }), figure.element);
  const element = h("div", { class: "stack" }, head, bar.element, chart.element);
  const parts = [figure, bar, chart];
  return { element, remove: () => parts.forEach((part) => part.remove()) };
}
