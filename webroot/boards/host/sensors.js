import { Card, createFigure } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h, setText } from "../../lib/dom.js";
import { number, wholePercent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { ANY, seriesName } from "../../lib/series-name.js";

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

/** Most virtual machines have no sensors: then there is no card. @param {HTMLElement} element @param {LiveFeed} feed */
export function mount(element, feed) {
  const card = new Card(element, feed, { title: "Sensors" });
  card.showWhile(({ sensors = {} }) => KINDS.some(({ group }) => Object.keys(sensors[group] ?? {}).length > 0));
  card.headline(hottest, celsius, "hottest");
  const chart = createChart(feed, {
    label: "Hottest sensor", text: celsius, least: 80, series: [{ name: "hottest", tone: "tone-steal", read: hottest, from: [seriesName("sensors", "temperatures", ANY, "celsius")] }],
  });
  chart.element.classList.add("small");
  card.body.append(chart.element);
  card.ends.add(chart.remove);
  for (const kind of KINDS) {
    const list = createList(feed, kind);
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

/** @param {LiveFeed} feed @param {Kind} kind */
function createList(feed, { group, title, figure, text }) {
  const list = h("dl", { class: "chips" });
  const element = h("div", { class: "stack" }, h("h3", { text: title }), list);
  const rows = createRows(list, (key) => {
    const value = createFigure(feed, { read: (state) => own(state.sensors?.[group], key)?.[figure], text });
    const name = h("dt", { text: key, title: key });
    const reading = h("div", { class: "chip" }, name, h("dd", {}, value.element));
    const stop = feed.watch((state) => own(state.sensors?.[group], key)?.status, (status) => {
      setText(name, status ? `${key} · ${String(status).toLowerCase()}` : key);
    });
    return { element: reading, remove: () => [stop, value.remove].forEach((end) => end()) };
  });
  const stop = feed.watch((state) => state.sensors?.[group], (all) => {
    const keys = Object.keys(all ?? {}).sort(byName);
    element.hidden = keys.length === 0;
    rows.show(keys);
  });
  return { element, remove: () => [stop, rows.clear].forEach((end) => end()) };
}
