import { after, quorum } from "./words.js";

/**
 * @typedef {import("./words.js").Run} Run
 * @typedef {import("./words.js").Message} Message
 */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const TOP = 60;
const BOTTOM = 260;

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
function svg(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** The uploaders above, the nodes below, and the message of this step between them. Drawn from the record alone. */
export function createStage() {
  const element = svg("svg", { viewBox: `0 0 ${WIDTH} 340`, class: "consensus-stage", role: "img", "aria-label": "Uploaders and nodes" });
  /** @param {Run} run @param {number} step how many messages of the record have been shown */
  const show = (run, step) => {
    const places = new Map([...spread(run.head.proposers, TOP), ...spread(run.head.acceptors, BOTTOM)]);
    const message = step > 0 ? run.record[step - 1] : undefined;
    const holds = after(run, step);
    element.replaceChildren(
      ...run.head.proposers.map((id) => uploader(id, at(places, id))),
      ...run.head.acceptors.map((id) => node(id, at(places, id), holds[id] ?? {}, run.head.proposers)),
      chosen(run, holds),
      ...(message && message.from !== message.to && places.has(message.from) ? arrow(message, at(places, message.from), at(places, message.to)) : []));
  };
  return { element, show };
}

/** @param {string[]} ids @param {number} y @returns {[string, { x: number, y: number }][]} */
function spread(ids, y) {
  return ids.map((id, index) => [id, { x: (WIDTH * (index + 0.5)) / ids.length, y }]);
}

/** @param {Map<string, { x: number, y: number }>} places @param {string} id */
function at(places, id) {
  return places.get(id) ?? { x: 0, y: 0 };
}

/** @param {string} id @param {{ x: number, y: number }} place */
function uploader(id, { x, y }) {
  const group = svg("g", {});
  group.append(svg("rect", { x: x - 60, y: y - 20, width: 120, height: 40, rx: 8, class: "consensus-uploader" }), svg("text", { x, y: y + 5, class: "consensus-name" }, id));
  return group;
}

/** @param {string} id @param {{ x: number, y: number }} place @param {{ promised?: string, accepted?: string, uploader?: string, isDown?: boolean }} holds @param {string[]} uploaders */
function node(id, { x, y }, holds, uploaders) {
  const group = svg("g", { class: holds.isDown ? "consensus-down" : "" });
  const whose = holds.uploader ? ` consensus-of-${uploaders.indexOf(holds.uploader) === 0 ? "first" : "second"}` : "";
  group.append(
    svg("circle", { cx: x, cy: y, r: 34, class: `consensus-node${whose}` }),
    svg("text", { x, y: y + 5, class: "consensus-name" }, holds.isDown ? `${id} ✕` : id),
    svg("text", { x, y: y + 52, class: "consensus-small" }, holds.promised ? `promised ${holds.promised}` : "promised nothing"),
    svg("text", { x, y: y + 68, class: "consensus-small" }, holds.accepted ? `has ${holds.uploader}` : "has nothing"));
  return group;
}

/** The majority, once there is one. @param {Run} run @param {Record<string, { accepted?: string, uploader?: string }>} holds */
function chosen(run, holds) {
  const count = /** @type {Record<string, number>} */ ({});
  for (const { uploader: whose } of Object.values(holds)) if (whose) count[whose] = (count[whose] ?? 0) + 1;
  const winner = Object.keys(count).find((whose) => (count[whose] ?? 0) >= quorum(run.head));
  return svg("text", { x: WIDTH / 2, y: 28, class: "consensus-chosen" }, winner ? `chosen: ${winner}` : "");
}

/** @param {Message} message @param {{ x: number, y: number }} from @param {{ x: number, y: number }} to */
function arrow(message, from, to) {
  const edge = (/** @type {{ x: number, y: number }} */ place, /** @type {number} */ towards) => place.y + (towards > place.y ? 1 : -1) * (place.y === TOP ? 22 : 36);
  const [y1, y2] = [edge(from, to.y), edge(to, from.y)];
  const label = { x: (from.x + to.x) / 2, y: (y1 + y2) / 2 - 6 };
  return [
    svg("line", { x1: from.x, y1, x2: to.x, y2, class: `consensus-arrow consensus-${message.kind.toLowerCase()}` }),
    svg("circle", { cx: to.x, cy: y2, r: 5, class: `consensus-tip consensus-${message.kind.toLowerCase()}` }),
    svg("text", { ...label, class: "consensus-label" }, `${message.kind}${message.ballot ? ` ${message.ballot}` : ""}`),
  ];
}
