import { createChart } from "../../lib/chart.js";
import { h, setText } from "../../lib/dom.js";
import { bytesPerSecond, number, percent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createRows } from "../../lib/rows.js";
import { seriesName } from "../../lib/series-name.js";
import { mount as span } from "../../views/span.js";
import { arranged } from "./order.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

const MOST = 6;
const TONES = ["tone-user", "tone-wait", "tone-memory", "tone-system", "tone-steal", "tone-send"];
/** @type {[key: string, name: string, text: (value: number) => string, least: number][]} */
const FIGURES = [
  ["cpuBusyPercent", "CPU", percent, 100], ["memoryUsedPercent", "Memory", percent, 100], ["load1", "Load", (value) => number(value, 1), 1],
  ["fullestFilesystemPercent", "Fullest filesystem", percent, 100], ["busiestDiskPercent", "Busiest disk", percent, 100], ["pressurePercent", "Pressure", percent, 10],
  ["receivedBytesPerSecond", "Received", bytesPerSecond, 10_000], ["sentBytesPerSecond", "Sent", bytesPerSecond, 10_000], ["hottestCelsius", "Hottest sensor", (value) => `${number(value)}\u202f°C`, 50],
];

/** Up to six machines, one figure, one axis. @param {LiveFeed} feed @param {HTMLElement} spanPlace */
export function createCompare(feed, spanPlace) {
  /** @type {string[]} */
  let chosen = [];
  let figure = FIGURES[0];
  /** @type {ReturnType<typeof createChart> | undefined} */
  let chart;
  const hosts = () => /** @type {import("./words.js").Hosts} */ (feed.state?.hosts ?? {});
  const which = h("select", {}, ...FIGURES.map(([key, name]) => h("option", { value: key, text: name })));
  const names = h("datalist", { id: "fleet-names" });
  const add = h("input", { class: "fleet-add", list: "fleet-names", placeholder: "Add a machine", "aria-label": "Add a machine", autocomplete: "off", spellcheck: "false" });
  const chips = h("ul", { class: "fleet-chips", "aria-label": "Compared" });
  const said = h("p", { class: "quiet", role: "status" });
  const place = h("div", { class: "fleet-chart" });
  const element = h("section", { "aria-label": "Compare" },
    h("div", { class: "fleet-tools" }, h("label", { class: "field" }, h("span", { text: "Figure" }), which), add, names, chips), said, place);
  const rows = createRows(chips, (id) => {
    const button = h("button", { type: "button", "aria-label": `Leave out ${hosts()[id]?.name ?? id}` }, h("i", { class: "swatch" }), `${hosts()[id]?.name ?? id} ×`);
    button.addEventListener("click", () => choose(chosen.filter((one) => one !== id)));
    return { element: h("li", { class: TONES[chosen.indexOf(id)] }, button), remove: () => {} };
  });
  const draw = () => {
    chart?.remove();
    chart = undefined;
    rows.clear();
    rows.show(chosen);
    setText(said, chosen.length === 0 ? "Choose machines, up to six." : "");
    const [key, name, text, least] = figure ?? FIGURES[0] ?? ["", "", String, 1];
    if (chosen.length === 0) return;
    chart = createChart(feed, {
      label: `${name} of ${chosen.join(", ")}`, text, axis: true, least,
      series: chosen.map((id, index) => ({ name: hosts()[id]?.name ?? id, tone: TONES[index] ?? "tone-user", read: (state) => own(own(state.hosts, id), key), from: [seriesName("hosts", id, key)] })),
    });
    place.append(chart.element);
  };
  const choose = (/** @type {string[]} */ ids) => {
    chosen = ids.slice(0, MOST);
    draw();
  };
  which.addEventListener("change", () => {
    figure = FIGURES.find(([key]) => key === which.value);
    draw();
  });
  add.addEventListener("change", () => {
    const id = Object.keys(hosts()).find((one) => one === add.value || hosts()[one]?.name === add.value);
    add.value = "";
    if (id !== undefined && chosen.length >= MOST) setText(said, "Six are the most: leave one out first.");
    else if (id !== undefined && !chosen.includes(id)) choose([...chosen, id]);
  });
  const stopSpan = span(spanPlace, feed);
  let isBegun = false;
  const show = (/** @type {import("./words.js").Hosts} */ now) => {
    const ids = Object.keys(now);
    if (names.childElementCount !== ids.length) names.replaceChildren(...ids.map((id) => h("option", { value: id, text: now[id]?.name ?? id })));
    if (!isBegun && ids.length > 0) choose(arranged(now, "state:live", { column: "cpuBusyPercent", isDown: true }).slice(0, 3));
    isBegun ||= ids.length > 0;
  };
  return {
    element,
    show,
    filter: () => {},
    remove: () => {
      chart?.remove();
      rows.clear();
      stopSpan();
      spanPlace.replaceChildren();
    },
  };
}
