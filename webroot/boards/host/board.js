import { h } from "../../lib/dom.js";
import { mount as span } from "../../views/span.js";
import { Alerts } from "./alerts.js";
import { mount as container } from "./container.js";
import { mount as cpu } from "./cpu.js";
import { mount as disks } from "./disks.js";
import { mount as filesystems } from "./filesystems.js";
import { mount as identity } from "./identity.js";
import { markLevel } from "./level-badge.js";
import { mount as memory } from "./memory.js";
import { mount as moment } from "./moment.js";
import { mount as network } from "./network.js";
import { mount as pressure } from "./pressure.js";
import { mount as processes } from "./processes.js";
import { mount as sensors } from "./sensors.js";
import { mount as title } from "./title.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../../lib/directory.js").Directory} Directory
 * @typedef {(element: HTMLElement, feed: LiveFeed, directory: Directory, alerts: Alerts) => () => void} Mount
 */

/** @type {Record<string, Mount>} */
const CARDS = { cpu, processes, memory, container, pressure, sensors, network, disks, filesystems };
/** What of the board each card is about, where that is more than the part of its own name. @type {Record<string, string[][]>} */
const SUBJECTS = { cpu: [["cpu"], ["pressure", "cpu"]], memory: [["memory"], ["pressure", "memory"]], disks: [["disks"], ["pressure", "io"]] };
/**
 * Columns of cards, side by side where there is room. A card stays in its column whatever the others show: CSS columns,
 * which balance by themselves, moved cards about and took ten times the layout.
 */
const WIDE = [["cpu", "processes"], ["memory", "container", "pressure", "sensors"], ["network", "disks", "filesystems"]];
const NARROW = [["cpu", "processes", "filesystems"], ["memory", "container", "pressure", "sensors", "network", "disks"]];
/** As in page.css: from here on there are three columns, and below 760 px, on a phone, all cards are in one in the order of WIDE. */
const TWO_COLUMNS = "(min-width: 760px) and (max-width: 1499px)";

/** A machine: this one, or another by its link. @type {import("../../views/board.js").Mount} */
export function mount(place, feed, directory) {
  const ends = [title(feed), identity(place, feed), span(place.span, feed), moment(feed, directory), () => feed.history.past.forget(),
    feed.listen(() => void feed.facts.want(feed.epoch))];
  void feed.facts.want(feed.epoch);
  const alerts = new Alerts(feed, directory);
  const sections = new Map(Object.keys(CARDS).map((name) => [name, h("section", { class: name })]));
  ends.push(alerts.end, arrangeColumns(place.board, [...sections.values()]));
  for (const [name, section] of sections) {
    ends.push(CARDS[name]?.(section, feed, directory, alerts) ?? (() => {}));
    const { badge, remove } = markLevel(alerts, section, ...SUBJECTS[name] ?? [[name]]);
    section.querySelector("h2")?.after(badge);
    ends.push(remove);
  }
  return () => {
    for (const end of ends) end();
  };
}

/** Puts the cards into columns, and again whenever the window gets another number of them. @param {HTMLElement} board @param {HTMLElement[]} sections */
function arrangeColumns(board, sections) {
  const isTwo = matchMedia(TWO_COLUMNS);
  const columns = WIDE.map(() => h("div", { class: "column" }));
  const place = () => columns.forEach((column, index) => {
    for (const name of (isTwo.matches ? NARROW : WIDE)[index] ?? []) column.append(...sections.filter(({ classList }) => classList.contains(name)));
  });
  place();
  board.append(...columns);
  isTwo.addEventListener("change", place);
  return () => isTwo.removeEventListener("change", place);
}
