import { Card, createFigure } from "../../lib/card.js";
import { h, setText } from "../../lib/dom.js";
import { number, wholePercent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { ANY, seriesName } from "../../lib/series-name.js";
import { roundUp } from "../../lib/scale.js";
import { createSmallChart } from "../../lib/small-chart.js";
import { wrongFirst } from "../../lib/order.js";
import { markLevel } from "./level-badge.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../../lib/state.js").HostState} HostState
 * @typedef {{ group: "temperatures" | "fans" | "batteries", title: string, figure: string, text: (value: number) => string }} Kind
 */

/** @param {number} value */
const celsius = (value) => `${number(value)}\u202f°C`;

/** @type {Kind[]} */
const KINDS = [
  { group: "temperatures", title: "Temperatures", figure: "celsius", text: celsius },
  { group: "fans", title: "Fans", figure: "revolutionsPerMinute", text: (value) => `${number(value)}\u202frpm` },
  { group: "batteries", title: "Batteries", figure: "chargePercent", text: wholePercent },
];

/** Most virtual machines have no sensors: then there is no card. @type {import("./board.js").Mount} */
export function mount(element, feed, _directory, alerts) {
  const card = new Card(element, feed, { title: "Sensors" });
  card.showWhile(({ sensors = {} }) => KINDS.some(({ group }) => Object.keys(sensors[group] ?? {}).length > 0));
  card.headline(hottest, celsius, "hottest");
  const chart = createSmallChart(feed, {
    label: "Hottest sensor", text: celsius, least: 80, roof: roundUp, series: [{ name: "hottest", tone: "tone-steal", read: hottest, from: [seriesName("sensors", "temperatures", ANY, "celsius")] }],
  });
  card.body.append(chart.element);
  card.ends.add(chart.remove);
  for (const kind of KINDS) {
    const list = createList(feed, kind, alerts);
    card.body.append(list.element);
    card.ends.add(list.remove);
  }
  return card.ends.run;
}

/** @param {HostState} state */
function hottest({ sensors }) {
  const known = Object.values(sensors?.temperatures ?? {}).map((one) => one.celsius).filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** @param {LiveFeed} feed @param {Kind} kind @param {import("./alerts.js").Alerts} alerts */
function createList(feed, { group, title, figure, text }, alerts) {
  const list = h("dl", { class: "chips" });
  const element = h("div", { class: "stack" }, h("h3", { text: title }), list);
  const rows = createRows(list, (key) => {
    const value = createFigure(feed, { read: (state) => own(state.sensors?.[group], key)?.[figure], text });
    const name = h("dt", { text: key, title: key });
    const reading = h("div", { class: "chip" }, name, h("dd", {}, value.element));
    const stop = feed.watch((state) => own(state.sensors?.[group], key)?.status, (status) => {
      setText(name, status ? `${key} · ${String(status).toLowerCase()}` : key);
    });
    const mark = markLevel(alerts, reading, ["sensors", group, key]);
    reading.append(mark.badge);
    return { element: reading, remove: () => [stop, value.remove, mark.remove].forEach((end) => end()) };
  });
  const show = () => {
    const keys = Object.keys(feed.state?.sensors?.[group] ?? {}).sort(byName);
    element.hidden = keys.length === 0;
    rows.show(wrongFirst(keys, (key) => alerts.rank(["sensors", group, key])));
  };
  const ends = [feed.watch((state) => state.sensors?.[group], show), alerts.listen(show), rows.clear];
  return { element, remove: () => ends.forEach((end) => end()) };
}
