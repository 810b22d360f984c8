import { request } from "../../lib/api.js";
import { beside } from "../../lib/board-address.js";
import { averageBetween } from "../../lib/chart-data.js";
import { h, setText } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { Latest } from "../../lib/latest-only.js";
import { instant } from "../../lib/time.js";
import { isThere, PROCESSES } from "./processes.js";
import { around, calledBy, Suspects, unnamed, worst } from "./busiest-processes.js";

/**
 * @typedef {import("../../lib/timeline.js").Timeline} Timeline
 * @typedef {import("../../lib/crosshair.js").Moment} Moment
 */

/** Whoever rests there wants to know who did it; whoever passes by does not. */
const RESTED_MS = 300;
const APART = 8;

/**
 * What was at the moment that is pointed at: when it was, what the lines of that chart say, and which processes used most.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {import("../../lib/directory.js").Directory} directory
 * @returns {() => void} unmounts
 */
export function mount(feed, directory) {
  const { history: timeline, bus: { session } } = feed;
  const time = h("p", { class: "moment-time" });
  const values = h("dl", { class: "moment-values" });
  const who = h("p", { class: "moment-who", role: "status" });
  const element = h("div", { class: "moment", "aria-hidden": "true", hidden: "" }, time, values, who);
  const list = beside(feed.board, PROCESSES);
  const suspects = new Suspects((from, to, signal) => busiest(list, from, to, signal));
  const latest = new Latest();
  let asked = Number.NaN;
  document.body.append(element);

  /** @param {Moment} moment */
  const ask = ({ at }) => {
    const from = timeline.startOf(at);
    if (from === asked || !session.mayRead(list) || !isThere(list, directory)) return;
    asked = from;
    setText(who, "");
    latest.run(RESTED_MS, async (signal) => {
      const text = await suspects.between(from, from + timeline.step, feed.serverTime, signal).then((minutes) => inWords(minutes, feed), () => "");
      if (signal.aborted) return;
      setText(who, text);
      if (timeline.pointing.moment) place(element, timeline.pointing.moment);
    });
  };
  const show = () => {
    const { moment } = timeline.pointing;
    element.hidden = moment === undefined;
    if (!moment) {
      latest.stop();
      asked = Number.NaN;
      return;
    }
    setText(time, instant(timeline.startOf(moment.at), timeline.step));
    const readings = moment.chart.readings(moment.index);
    values.replaceChildren(...readings.map(({ name, tone, text, spread }) =>
      h("div", {}, h("dt", {}, h("i", { class: `swatch ${tone}` }), name), h("dd", { text }, h("span", { class: "quiet", text: spread && ` (${spread})` })))));
    if (readings.length === 0) values.replaceChildren(h("div", { class: "quiet", text: "nothing known" }));
    ask(moment);
    place(element, moment);
  };
  const scrolled = () => timeline.pointing.moment && place(element, timeline.pointing.moment);
  const stop = timeline.pointing.listen(show);
  addEventListener("scroll", scrolled, { passive: true });
  return () => {
    stop();
    removeEventListener("scroll", scrolled);
    latest.stop();
    element.remove();
  };
}

/** @param {string} list @param {number} from @param {number} to @param {AbortSignal} signal @returns {Promise<import("./busiest-processes.js").Minute[]>} */
async function busiest(list, from, to, signal) {
  return (await request(`api/boards/${list}/history?from=${from}&to=${to}`, { signal })).minutes;
}

/** @param {import("./busiest-processes.js").Minute[] | undefined} minutes @param {import("../../lib/live-feed.js").LiveFeed} feed */
function inWords(minutes, feed) {
  if (minutes === undefined) return "Zoom in for the busiest processes.";
  const cpu = worst(minutes, "cpu").map((one) => `${calledBy(one)} ${number(one.cpuPercent ?? 0)}\u202f%`);
  const memory = worst(minutes, "memory").map((one) => `${calledBy(one)} ${bytes(one.residentBytes ?? 0)}`);
  const rest = others(minutes, feed);
  if (rest > 0) cpu.push(`${cpu.length > 0 ? "and " : ""}${number(rest)}\u202f% by others, too short-lived or too many to name`);
  return [cpu.length > 0 && `Most CPU (100\u202f% is one core): ${cpu.join(", ")}`, memory.length > 0 && `Most memory: ${memory.join(", ")}`].filter(Boolean).join("\n");
}

/** What the whole machine was busy with, less those that are named. @param {import("./busiest-processes.js").Minute[]} minutes @param {import("../../lib/live-feed.js").LiveFeed} feed */
function others(minutes, { history, state }) {
  const line = history.rings.lines.find(({ names }) => names.length === 1 && names[0] === "cpu.busyPercent");
  const busy = averageBetween(history, line, ...around(minutes));
  return unnamed(minutes, busy, Object.keys(state?.cpu?.cores ?? {}).length);
}

/** Below its chart, or above where there is no room; beside the line, so that it hides no other card. @param {HTMLElement} element @param {Moment} moment */
function place(element, { chart }) {
  const around = chart.element.getBoundingClientRect();
  element.hidden = around.bottom < 0 || around.top > innerHeight;
  const { offsetWidth: width, offsetHeight: height } = element;
  const isRoom = around.bottom + APART + height < innerHeight;
  const left = Math.min(innerWidth - width - APART, Math.max(APART, around.left + chart.cursorLeft - width / 2));
  element.style.setProperty("left", `${Math.round(left)}px`);
  element.style.setProperty("top", `${Math.round(isRoom ? around.bottom + APART : Math.max(APART, around.top - height - APART))}px`);
}
