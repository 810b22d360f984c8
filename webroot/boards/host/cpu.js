import { Card, createReadings } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h, setAttribute, setText, setVariable } from "../../lib/dom.js";
import { hertz, number, perSecond, percent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { seriesName } from "../../lib/series-name.js";

/**
 * @typedef {import("../../lib/state.js").HostState} HostState
 * @typedef {import("../../lib/state.js").Cpu} Cpu
 */

/** @param {HostState} state */
const cpuOf = (state) => state.cpu;
/** @param {number} value */
const two = (value) => number(value, 2);

/** Stacked from the bottom: each layer is the sum of itself and those below. @type {((cpu: Cpu) => number)[]} */
const LAYERS = [
  (cpu) => (cpu.userPercent ?? 0) + (cpu.nicePercent ?? 0),
  (cpu) => (cpu.systemPercent ?? 0) + (cpu.irqPercent ?? 0),
  (cpu) => cpu.ioWaitPercent ?? 0,
  (cpu) => cpu.stealPercent ?? 0,
];
const NAMES = ["user", "system", "I/O wait", "steal"];
const TONES = ["tone-user", "tone-system", "tone-wait", "tone-steal"];
const PARTS = ["user", "nice", "system", "irq", "ioWait", "steal"].map((part) => seriesName("cpu", `${part}Percent`));

/** @param {number} top how many layers @returns {(state: HostState) => number | undefined} */
export function stacked(top) {
  return ({ cpu }) => cpu?.userPercent === undefined ? undefined : sum(cpu, top) * fit(cpu);
}

/** @param {Cpu} cpu @param {number} top how many layers */
function sum(cpu, top) {
  return LAYERS.slice(0, top).reduce((all, layer) => all + layer(cpu), 0);
}

/**
 * The server sends a part only when it has changed by enough, so that parts of one moment can sum up to more than there is: they
 * are cut to the whole in the same proportion.
 * @param {Cpu} cpu
 */
function fit(cpu) {
  return 100 / Math.max(100, sum(cpu, LAYERS.length));
}

/** @param {"userPercent" | "systemPercent" | "ioWaitPercent" | "stealPercent"} key @returns {(state: HostState) => number | undefined} */
export function part(key) {
  return ({ cpu }) => cpu?.[key] === undefined ? undefined : cpu[key] * fit(cpu);
}

/** @param {HTMLElement} element @param {import("../../lib/live-feed.js").LiveFeed} feed */
export function mount(element, feed) {
  const card = new Card(element, feed, { title: "CPU", sampler: "cpu" });
  card.headline((state) => state.cpu?.busyPercent, percent, "busy");
  const parts = [cpuChart(feed), shares(feed), cores(feed), facts(feed)];
  card.body.append(...parts.map((part) => part.element));
  card.ends.add(...parts.map((part) => part.remove));
  return card.ends.run;
}

/** @param {string} name @param {string} tone @param {(state: HostState) => number | undefined} read @returns {import("../../lib/chart.js").Series} */
function layer(name, tone, read) {
  return { name, tone, read, from: PARTS, fill: "solid", band: "none" };
}

/** The highest layer first: the lower ones are painted over it. @param {import("../../lib/live-feed.js").LiveFeed} feed */
function cpuChart(feed) {
  const layers = TONES.map((tone, index) => layer(NAMES[index] ?? "", tone, stacked(index + 1))).reverse();
  // Lowest and highest of a sum are not the sums of lowest and highest: the whole has a line of its own.
  layers.unshift({ name: "busy", tone: "tone-level", read: (state) => cpuOf(state)?.busyPercent, from: [seriesName("cpu", "busyPercent")], band: "only" });
  return createChart(feed, { label: "CPU in use", series: layers, text: percent, top: 100, axis: true, stacked: true });
}

/** @param {import("../../lib/live-feed.js").LiveFeed} feed */
function shares(feed) {
  const { element, remove } = createReadings(feed, [
    { name: "user", tone: "tone-user", read: part("userPercent"), text: percent },
    { name: "system", tone: "tone-system", read: part("systemPercent"), text: percent },
    { name: "I/O wait", tone: "tone-wait", read: part("ioWaitPercent"), text: percent },
    { name: "steal", tone: "tone-steal", read: part("stealPercent"), text: percent,
      hint: "time that the hypervisor gave to other guests" },
  ]);
  element.classList.add("legend");
  return { element, remove };
}

/** @param {import("../../lib/live-feed.js").LiveFeed} feed */
function facts(feed) {
  return createReadings(feed, [
    { name: "load 1 min", read: (state) => cpuOf(state)?.load1, text: two },
    { name: "5 min", read: (state) => cpuOf(state)?.load5, text: two },
    { name: "15 min", read: (state) => cpuOf(state)?.load15, text: two },
    { name: "frequency", read: (state) => cpuOf(state)?.frequencyHertz, text: hertz, sampler: "cpu" },
    { name: "context switches", read: (state) => cpuOf(state)?.contextSwitchesPerSecond, text: perSecond },
    { name: "interrupts", read: (state) => cpuOf(state)?.interruptsPerSecond, text: perSecond },
  ]);
}

/** One small bar per core. @param {import("../../lib/live-feed.js").LiveFeed} feed */
function cores(feed) {
  const list = h("ul", { class: "cores" });
  const element = h("div", { class: "cores-block" }, h("h3", { text: "Cores" }), list);
  const rows = createRows(list, (key) => coreBar(feed, key));
  const stop = feed.watch((state) => cpuOf(state)?.cores, (all) => {
    element.hidden = all === undefined;
    rows.show(Object.keys(all ?? {}).sort(byName));
  });
  const remove = () => {
    stop();
    rows.clear();
  };
  return { element, remove };
}

/** @param {import("../../lib/live-feed.js").LiveFeed} feed @param {string} key */
function coreBar(feed, key) {
  const text = h("span", { class: "visually-hidden" });
  const element = h("li", { class: "core" }, h("i", { class: "core-level" }), text);
  const remove = feed.watch((state) => own(cpuOf(state)?.cores, key)?.busyPercent, (busy) => {
    const words = `core ${key}: ${busy === undefined ? "n/a" : percent(busy)}`;
    setText(text, words);
    setAttribute(element, "title", words);
    setVariable(element, "--share", (busy ?? 0) / 100);
  });
  return { element, remove };
}
