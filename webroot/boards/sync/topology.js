import { h, setAttribute } from "../../lib/dom.js";
import { bytesPerSecond, number } from "../../lib/format.js";
import { byName } from "../../lib/rows.js";
import { section } from "./overview.js";
import { nameOf, statusOf } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 900;
const HEIGHT = 520;

/** The coordinator and the machines around it: lines by round trip and by what moves between two of them. @type {import("./board.js").Part} */
export function mountTopology(place, feed) {
  const drawing = element("svg", { class: "sync-topology", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  const words = h("ul", { class: "sync-list" });
  place.append(section("Topology", h("div", { class: "sync-drawing" }, drawing), h("p", { class: "quiet", text: "Solid: control, coloured by the measured round trip (above 50 and 100 ms). Thick: contents that moved between two machines in the last minute." }), words));
  return feed.watch((state) => ({ nodes: state.nodes ?? {}, links: state.links ?? {}, state }), ({ nodes, links, state }) => {
    const ids = Object.keys(nodes).sort((one, other) => byName(nodes[one].name, nodes[other].name));
    drawing.replaceChildren(...draw(ids, nodes, links));
    const lines = Object.entries(links).map(([key, link]) => {
      const [one, other] = key.split("~");
      return `${nameOf(state, one)} and ${nameOf(state, other)}: ${bytesPerSecond(link.bytesPerSecond)}`;
    });
    setAttribute(drawing, "aria-label", `The coordinator and ${ids.length} machines`);
    words.replaceChildren(...(lines.length > 0 ? lines : ["Nothing moves between machines."]).map((text) => h("li", { text })));
  });
}

/** @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** @param {string[]} ids @param {Record<string, any>} nodes @param {Record<string, any>} links */
function draw(ids, nodes, links) {
  const middle = { x: WIDTH / 2, y: HEIGHT / 2 };
  /** @type {Record<string, { x: number, y: number }>} */
  const places = {};
  ids.forEach((id, index) => {
    const angle = (2 * Math.PI * index) / ids.length - Math.PI / 2;
    places[id] = { x: middle.x + Math.cos(angle) * WIDTH * 0.38, y: middle.y + Math.sin(angle) * HEIGHT * 0.38 };
  });
  const moving = Object.entries(links).flatMap(([key, link]) => {
    const [one = "", other = ""] = key.split("~");
    const from = places[one];
    const to = places[other];
    if (!from || !to) return [];
    const width = 3 + Math.min(12, Math.log10(1 + link.bytesPerSecond) * 1.6);
    return [element("line", { class: link.bytesPerSecond > 0 ? "sync-moving" : "sync-moved", x1: from.x, y1: from.y, x2: to.x, y2: to.y, "stroke-width": width },
      element("title", {}, `${bytesPerSecond(link.bytesPerSecond)}`))];
  });
  const control = ids.filter((id) => nodes[id].status !== "offline").map((id) =>
    element("line", { class: "sync-control", "data-trip": tone(nodes[id].roundTripMilliseconds), x1: middle.x, y1: middle.y, x2: places[id]?.x ?? 0, y2: places[id]?.y ?? 0 }));
  return [...moving, ...control, spot(middle, "coordinator", "", "coordinator"), ...ids.map((id) => spot(places[id] ?? middle, nodes[id].name, detail(nodes[id]), nodes[id].status))];
}

/** @param {number | undefined} trip */
function tone(trip) {
  return trip === undefined ? "unknown" : trip > 100 ? "alarm" : trip > 50 ? "warning" : "good";
}

/** @param {import("./words.js").Node} node */
function detail(node) {
  const trip = node.roundTripMilliseconds === undefined ? "" : `, ${number(node.roundTripMilliseconds, 1)} ms`;
  return `${statusOf(node.status).word}${node.status === "offline" ? "" : trip}`;
}

/** @param {{ x: number, y: number }} at @param {string} name @param {string} more @param {string} status */
function spot(at, name, more, status) {
  const y = at.y < HEIGHT / 2 - 1 ? -36 : 34; // Away from the lines, which lead to the middle.
  return element("g", { class: "sync-spot", "data-status": status, transform: `translate(${at.x} ${at.y})` },
    element("circle", { r: 13 }), element("text", { y, "text-anchor": "middle" }, name), element("text", { y: y + 18, "text-anchor": "middle", class: "sync-more" }, more));
}
