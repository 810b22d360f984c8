import { createChart } from "../../lib/chart.js";
import { h } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { seriesName } from "../../lib/series-name.js";
import { section } from "./overview.js";

const milliseconds = (/** @type {number} */ value) => `${number(value)}\u202fms`;

/** @type {{ title: string, text: (value: number) => string, least: number, series: [name: string, key: string, tone: string][] }[]} */
const CHARTS = [
  { title: "An edit is on all machines after", text: milliseconds, least: 100, series: [["median", "latencyP50Milliseconds", "tone-user"], ["95 %", "latencyP95Milliseconds", "tone-system"]] },
  { title: "Bytes on the wire", text: bytes, least: 1_000, series: [["on the wire", "wireBytes", "tone-send"], ["saved", "savedBytes", "tone-memory"]] },
  { title: "Contents that came", text: (value) => number(value), least: 10, series: [["came", "operations", "tone-user"], ["failed", "failures", "tone-steal"]] },
];

/** How it went, by the history. @type {import("./board.js").Part} */
export function mountPerformance(place, feed) {
  const charts = CHARTS.map(({ title, text, least, series }) => {
    const chart = createChart(feed, {
      label: title, text, axis: true, least,
      series: series.map(([name, key, tone]) => ({ name, tone, read: (/** @type {any} */ state) => state.totals?.[key], from: [seriesName("totals", key)] })),
    });
    const legend = h("p", { class: "sync-legend" }, ...series.map(([name, , tone]) => h("span", {}, h("i", { class: `swatch ${tone}` }), name)));
    place.append(section(title, h("div", { class: "sync-chart" }, legend, chart.element)));
    return chart;
  });
  return () => {
    for (const chart of charts) chart.remove();
  };
}
