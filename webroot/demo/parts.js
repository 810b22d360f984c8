import { h } from "../lib/dom.js";
import { bytes, number, percent, wholePercent, withUnit } from "../lib/format.js";
import { createBadge } from "../ui/badge.js";
import { createBarList } from "../ui/bar-list.js";
import { createEmpty, createFault, createLoading } from "../ui/blank.js";
import { openDrawer } from "../ui/drawer.js";
import { createEventTimeline } from "../ui/event-timeline.js";
import { createKeyFigure, createKeyFigures } from "../ui/key-figure.js";
import { createProgress } from "../ui/progress.js";
import { createTable } from "../ui/table.js";

/** @typedef {{ element: HTMLElement, show: (states: Record<string, any>) => void }} Part */

const WINDOW = 3_600_000;
const nothing = () => {};
const level = (/** @type {number} */ value) => (value >= 92 ? "critical" : value >= 80 ? "warning" : "ok");

/** @returns {Part} */
export function states() {
  const all = ["ok", "info", "running", "waiting", "paused", "off", "unknown", "warning", "critical", "failed", "done"];
  return { element: h("div", { class: "states" }, ...all.map((state) => createBadge(state).element), createBadge("warning", "does not answer").element), show: nothing };
}

/** @returns {Part} */
export function keyFigures() {
  const [cpu, memory, load, users] = [createKeyFigure("CPU"), createKeyFigure("Memory used"), createKeyFigure("Load, 1 minute"), createKeyFigure("Requests")];
  const show = (/** @type {Record<string, any>} */ { machine }) => {
    const busy = machine.cpu.busyPercent;
    cpu.show(wholePercent(busy), { state: level(busy), note: "of all cores" });
    memory.show(bytes(machine.memory.usedBytes), { note: `of ${bytes(machine.memory.totalBytes)}` });
    load.show(number(machine.cpu.load1, 2), { state: machine.cpu.load1 > 8 ? "warning" : undefined, word: "high" });
    users.show(undefined, { note: "no source tells them" });
  };
  return { element: createKeyFigures("Figures that matter", cpu, memory, load, users), show };
}

/** @returns {Part} */
export function progress() {
  const names = ["copy", "scan", "late", "over"];
  const bars = new Map(names.map((name) => [name, createProgress({ copy: "Photos to the cloud", scan: "Scan of /srv", late: "Backup of databases" }[name] ?? "Mirror of packages")]));
  const show = (/** @type {Record<string, any>} */ { jobs }) => {
    for (const [name, bar] of bars) {
      const { done, total, stalledMilliseconds: stalledFor } = jobs[name];
      bar.show({ share: total && done / total, stalledFor, text: total ? `${done} of ${total} files` : `${withUnit(done, "")} files so far` });
    }
  };
  return { element: h("div", { class: "rows" }, ...[...bars.values()].map(({ element }) => element)), show };
}

/** @returns {Part} */
export function barList() {
  const list = createBarList("File systems, the fullest first");
  const show = (/** @type {Record<string, any>} */ { machine }) => {
    const items = Object.entries(machine.filesystems).map(([key, { usedPercent, usedBytes, unavailable }]) => ({
      key, name: key, share: (usedPercent ?? 0) / 100, text: unavailable ? "n/a" : percent(usedPercent),
      note: unavailable ?? `${bytes(usedBytes)} used`, state: unavailable ? "critical" : level(usedPercent) === "ok" ? undefined : level(usedPercent),
    }));
    list.show(items.sort((a, b) => Number(b.text === "n/a") - Number(a.text === "n/a") || b.share - a.share));
  };
  return { element: list.element, show };
}

/** @returns {Part} */
export function table() {
  /** @type {Record<string, any>} */
  let rows = {};
  const open = (/** @type {string} */ key) => openDrawer(`${rows[key]?.name ?? "Process"} ${key}`, [createKeyFigures("Of this process", ...Object.entries(rows[key] ?? {}).map(([name, value]) => {
    const figure = createKeyFigure(name);
    figure.show(String(value));
    return figure;
  }))]);
  const part = createTable({
    caption: "Programs; each heading sorts by its column", what: "programs", few: 8, order: { column: "cpu", isDown: true }, open,
    columns: [
      { key: "name", name: "Program", text: (row) => row.name },
      { key: "user", name: "User", isWide: true, text: (row) => row.user },
      { key: "state", name: "State", text: (row) => row.state, state: (row) => (row.state === "running" ? "running" : "off") },
      { key: "threads", name: "Threads", isNumber: true, isWide: true, text: (row) => String(row.threadCount ?? "–"), value: (row) => row.threadCount },
      { key: "cpu", name: "CPU", hint: "% of one core", isNumber: true, text: (row) => `${number(row.cpuPercent ?? 0, 1)}\u202f%`, value: (row) => row.cpuPercent },
      { key: "memory", name: "Memory", isNumber: true, text: (row) => bytes(row.residentBytes ?? 0), value: (row) => row.residentBytes },
      { key: "id", name: "ID", isNumber: true, isWide: true, text: (_row, key) => key, value: (_row, key) => Number(key) },
    ],
  });
  const show = (/** @type {Record<string, any>} */ { programs }) => part.show(rows = programs.processes);
  return { element: part.element, show };
}

/** @param {any[]} events of the recording @param {number} now @returns {Part} */
export function timeline(events, now) {
  const all = events.map((event) => ({ ...event, from: now + event.from, to: event.to === undefined ? undefined : now + event.to }));
  const part = createEventTimeline("What happened in the last hour", (id) => {
    const event = all.find((one) => one.id === id);
    if (event) openDrawer(event.lane, [createBadge(event.state).element, h("p", { text: event.text })]);
  });
  return { element: part.element, show: () => part.show(all, now - WINDOW, now) };
}

/** @returns {Part} */
export function blanks() {
  const fault = createFault("The list did not come", "The server did not answer within 20 s. It may be busy; the log says more.", nothing);
  fault.element.removeAttribute("role"); // Here it is a picture of itself.
  const add = h("button", { type: "button", text: "Add a job" });
  return { element: h("div", { class: "stack" }, createEmpty("No jobs yet", "A job copies, moves or compares files. It is run by hand or at fixed times.", add), fault.element, createLoading("Loading the list…")), show: nothing };
}

/** @returns {Part} */
export function colors() {
  const names = ["good", "info", "warning", "alarm", "unknown", "accent", "tone-user", "tone-system", "tone-wait", "tone-steal", "tone-memory", "tone-cache", "tone-swap", "tone-receive", "tone-send", "tone-read", "tone-write", "tone-level"];
  const swatches = names.map((name) => {
    const ground = h("i");
    ground.style.setProperty("--tone", `var(--${name})`);
    return h("div", {}, ground, name);
  });
  const sizes = ["note", "small", "body", "head", "title", "figure"].map((name) => {
    const line = h("p", { text: `${name}: 42.7 GiB` });
    line.style.setProperty("--size", `var(--text-${name})`);
    return line;
  });
  return { element: h("div", { class: "stack" }, h("div", { class: "swatches" }, ...swatches), h("div", { class: "sizes" }, ...sizes)), show: nothing };
}
