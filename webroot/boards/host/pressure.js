import { Card, createFigure } from "../../lib/card.js";
import { h } from "../../lib/dom.js";
import { percent } from "../../lib/format.js";
import { createLineRow } from "../../lib/line-row.js";
import { own } from "../../lib/merge-patch.js";
import { seriesName } from "../../lib/series-name.js";
import { roundUp } from "../../lib/scale.js";
import { createSmallChart } from "../../lib/small-chart.js";
import { markLevel } from "./level-badge.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

const SUBJECTS = [
  { key: "cpu", name: "CPU", tone: "tone-user" },
  { key: "memory", name: "Memory", tone: "tone-memory" },
  { key: "io", name: "I/O", tone: "tone-wait" },
];

/** How much of the last ten seconds work stood still for want of something. @type {import("./board.js").Mount} */
export function mount(element, feed, _directory, alerts) {
  const card = new Card(element, feed, { title: "Pressure", sampler: "pressure", hint: "time stalled, 10 s average" });
  const list = h("ul", { class: "rows" });
  card.body.append(list);
  card.watch((state) => state.pressure !== undefined, (has) => {
    card.body.hidden = !has;
  });
  for (const subject of SUBJECTS) {
    const row = createRow(feed, subject, alerts);
    list.append(row.element);
    card.ends.add(row.remove);
  }
  return card.ends.run;
}

/** @param {LiveFeed} feed @param {{ key: string, name: string, tone: string }} subject @param {import("./alerts.js").Alerts} alerts */
function createRow(feed, { key, name, tone }, alerts) {
  const some = (/** @type {any} */ state) => own(state.pressure, key)?.someAvg10Percent;
  const full = (/** @type {any} */ state) => own(state.pressure, key)?.fullAvg10Percent;
  const waited = createFigure(feed, { read: some, text: percent, sampler: "pressure" });
  const stopped = createFigure(feed, { read: full, text: percent, sampler: "pressure" });
  const chart = createSmallChart(feed, {
    label: `${name} pressure, some tasks stalled`, text: percent, least: 10, roof: (value) => Math.min(100, roundUp(value)),
    series: [{ name: "some", tone, read: some, from: [seriesName("pressure", key, "someAvg10Percent")] }],
  });
  const element = createLineRow({ name, chart: chart.element, figures: [
    { sign: "some", title: "at least one task waited", figure: waited.element },
    { sign: "full", title: "all tasks waited", figure: stopped.element },
  ] });
  const mark = markLevel(alerts, element, ["pressure", key]);
  element.firstElementChild?.append(mark.badge);
  return { element, remove: () => [waited, stopped, chart, mark].forEach((part) => part.remove()) };
}
