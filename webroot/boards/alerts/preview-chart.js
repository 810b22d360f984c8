import { request } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { own } from "../../lib/merge-patch.js";
import { roundUp } from "../../lib/scale.js";
import { seriesName } from "../../lib/series-name.js";
import { stateOf } from "../../ui/badge.js";
import { keysOfPath } from "./rule-words.js";
import { valueText } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [300, 60];
const POINTS = 300;

/** The kept figures of one key, and below them when the rule would have fired: for the eye; the words beside it say the same. @param {import("../../lib/live-feed.js").LiveFeed} feed */
export function createChart(feed) {
  const line = create("path", { class: "preview-line" });
  const marks = create("g", {});
  const svg = create("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" });
  svg.append(marks, line);
  const note = h("p", { class: "quiet" });
  const element = h("div", { class: "preview-chart", hidden: "" }, h("div", { class: "preview-field" }), note);
  element.firstElementChild?.append(svg);
  let round = 0;
  /** @param {string} watch @param {import("./preview-words.js").Answer} answer */
  const show = async (watch, answer) => {
    const asked = ++round;
    const [board = "", path = ""] = watch.split(/:(.*)/s);
    const [key] = keyOf(answer);
    if (key === undefined || feed.bus.session.mayRead(board) === false) return setHidden(element, true);
    const name = seriesName(...keysOfPath(path).map((part) => part === "*" ? key : part));
    const query = new URLSearchParams({ series: name, from: String(answer.from), to: String(answer.to), points: String(POINTS) });
    const found = await request(`api/boards/${board}/history?${query}`).catch(() => undefined);
    const values = /** @type {(number | null)[]} */ (own(found?.series, name)?.average ?? []);
    if (asked !== round) return;
    setHidden(element, values.length === 0);
    const top = roundUp(Math.max(0, ...values.map((value) => value ?? 0)));
    line.setAttribute("d", pathOf(values, top));
    marks.replaceChildren(...(answer.keys[key]?.episodes ?? []).map((episode) => mark(episode, answer)));
    setText(note, `${key ? `${key}, ` : ""}0 to ${valueText(path, top)}`);
  };
  return { element, show };
}

/** The one that would have fired most often. @param {import("./preview-words.js").Answer} answer */
function keyOf({ keys }) {
  return Object.entries(keys).sort(([, a], [, b]) => (b.episodes?.length ?? 0) - (a.episodes?.length ?? 0))[0] ?? [];
}

/** @param {(number | null)[]} values @param {number} top */
function pathOf(values, top) {
  let isDrawn = false;
  return values.map((value, index) => {
    const step = value === null ? "" : `${isDrawn ? "L" : "M"}${((index + 0.5) / values.length * WIDTH).toFixed(1)} ${(HEIGHT * (1 - value / top)).toFixed(1)}${isDrawn ? "" : "h0"}`;
    isDrawn = value !== null;
    return step;
  }).join("");
}

/** @param {import("./preview-words.js").Episode} episode @param {import("./preview-words.js").Answer} answer */
function mark({ from, to, level, certain }, answer) {
  const place = (/** @type {number} */ at) => Math.min(1, Math.max(0, (at - answer.from) / (answer.to - answer.from))) * WIDTH;
  const width = Math.max(2, place(to ?? answer.to) - place(from));
  return create("rect", { x: String(Math.min(place(from), WIDTH - width)), y: "0", width: String(width), height: String(HEIGHT), "data-tone": stateOf(level).tone, class: certain ? "preview-mark" : "preview-mark preview-possible" });
}

/** @param {string} tag @param {Record<string, string>} attributes */
function create(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
