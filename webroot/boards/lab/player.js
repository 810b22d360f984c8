import { Ends } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h, setAttribute, setText, setVariable } from "../../lib/dom.js";
import { own } from "../../lib/merge-patch.js";
import { byName } from "../../lib/rows.js";
import { createRows } from "../../lib/rows.js";
import { seriesName } from "../../lib/series-name.js";
import { act, button, createSaid, forActors } from "../../ui/act.js";
import { createScreen } from "./screen.js";
import { FIGURES, schedulerWords, sourceWords } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Player} Player
 */

const TARGET_SECONDS = 30;
const LOW_SECONDS = 15;

/** One player: its picture, its buffer, where its bytes came from. @param {LiveFeed} feed @param {string} id */
export function createPlayer(feed, id) {
  const ends = new Ends();
  const read = (/** @type {any} */ state) => /** @type {Player | undefined} */ (own(state.players, id));
  /** @param {(player: Player) => string} text @param {HTMLElement} element */
  const say = (text, element) => {
    ends.add(feed.watch((state) => {
      const player = read(state);
      return player ? text(player) : "";
    }, (now) => setText(element, now)));
    return element;
  };
  const title = `lab-player-${id}`;
  const screen = createScreen(feed.board, id);
  const said = createSaid();
  const stop = button("Stop", () => void act(feed, "stop", { player: id }, said), `Stop player ${id}`);
  ends.add(screen.remove, forActors(feed, stop));
  const figures = h("dl", { class: "readings lab-figures" }, ...FIGURES.map(([name, text, hint]) =>
    h("div", { class: "reading" }, h("dt", { text: name, title: hint }), say(text, h("dd", {})))));
  const element = h("section", { class: "card lab-player", "aria-labelledby": title },
    h("div", { class: "card-head" }, say(({ kind }) => `${kind} (${id})`, h("h2", { id: title })), say(({ state }) => state, h("span", { class: "lab-state" })), stop, said),
    h("div", { class: "card-body" }, say(schedulerWords, h("p", { class: "quiet" })), screen.element, buffer(feed, read, ends), figures, speed(feed, id, read, ends), sources(feed, read, ends)));
  ends.add(feed.watch((state) => read(state)?.state, (now) => setAttribute(element, "data-state", now)));
  return { element, remove: ends.run };
}

/** With marks at 15 and 30 s. @param {LiveFeed} feed @param {(state: any) => Player | undefined} read @param {Ends} ends */
function buffer(feed, read, ends) {
  const fill = h("i", { class: "lab-fill" });
  const bar = h("div", { class: "lab-buffer", role: "meter", "aria-label": "Buffer", "aria-valuemin": "0", "aria-valuemax": String(TARGET_SECONDS) },
    fill, h("b", { class: "lab-mark", title: `low water: ${LOW_SECONDS} s` }));
  ends.add(feed.watch((state) => read(state)?.bufferSeconds ?? 0, (seconds) => {
    setVariable(fill, "--share", Math.min(1, seconds / TARGET_SECONDS));
    setAttribute(bar, "aria-valuenow", String(seconds));
    setAttribute(bar, "data-low", seconds < LOW_SECONDS ? "" : undefined);
  }));
  return bar;
}

/** @param {LiveFeed} feed @param {string} id @param {(state: any) => Player | undefined} read @param {Ends} ends */
function speed(feed, id, read, ends) {
  const chart = createChart(feed, {
    label: `Buffer of ${id}`, text: (value) => `${Math.round(value)}\u202fs`, axis: true, least: TARGET_SECONDS,
    series: [{ name: "buffer", tone: "tone-user", read: (state) => read(state)?.bufferSeconds, from: [seriesName("players", id, "bufferSeconds")] }],
  });
  chart.element.classList.add("small");
  ends.add(chart.remove);
  return chart.element;
}

/** Which node gave how much. @param {LiveFeed} feed @param {(state: any) => Player | undefined} read @param {Ends} ends */
function sources(feed, read, ends) {
  const list = h("ul", { class: "lab-sources" });
  const rows = createRows(list, (node) => {
    const text = h("span", { class: "quiet" });
    const bar = h("i", { class: "lab-fill" });
    const end = feed.watch((state) => {
      const all = read(state)?.nodes ?? {};
      const sum = Object.values(all).reduce((total, { bytes }) => total + bytes, 0);
      return { text: sourceWords(own(all, node)), share: sum ? (own(all, node)?.bytes ?? 0) / sum : 0 };
    }, (now) => {
      setText(text, now.text);
      setVariable(bar, "--share", now.share);
    });
    return { element: h("li", {}, h("span", { text: node }), h("div", { class: "lab-buffer small", "aria-hidden": "true" }, bar), text), remove: end };
  });
  ends.add(feed.watch((state) => Object.keys(read(state)?.nodes ?? {}).sort(byName).join(), (keys) => rows.show(keys ? keys.split(",") : [])), rows.clear);
  return h("div", { class: "block" }, h("h3", { text: "Where its bytes came from" }), list);
}
