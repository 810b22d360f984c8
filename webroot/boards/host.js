import { h } from "../lib/dom.js";
import { mount as caution } from "../views/caution.js";
import { mount as container } from "../views/container.js";
import { mount as cpu } from "../views/cpu.js";
import { mount as disks } from "../views/disks.js";
import { mount as filesystems } from "../views/filesystems.js";
import { mount as footer } from "../views/footer.js";
import { mount as header } from "../views/header.js";
import { mount as memory } from "../views/memory.js";
import { mount as moment } from "../views/moment.js";
import { mount as navigation } from "../views/navigation.js";
import { mount as network } from "../views/network.js";
import { mount as newer } from "../views/newer.js";
import { mount as pressure } from "../views/pressure.js";
import { mount as processes } from "../views/processes.js";
import { mount as sensors } from "../views/sensors.js";
import { mount as span } from "../views/span.js";
import { mount as title } from "../views/title.js";

/** @typedef {(element: HTMLElement, feed: import("../lib/live-feed.js").LiveFeed) => () => void} Mount */

/** @type {Record<string, Mount>} */
const CARDS = { cpu, processes, memory, container, pressure, sensors, network, disks, filesystems };
/**
 * Columns of cards, side by side where there is room. A card stays in its column whatever the others show: CSS columns,
 * which balance by themselves, moved cards about and took ten times the layout.
 */
const WIDE = [["cpu", "processes"], ["memory", "container", "pressure", "sensors"], ["network", "disks", "filesystems"]];
const NARROW = [["cpu", "processes", "filesystems"], ["memory", "container", "pressure", "sensors", "network", "disks"]];
/** As in page.css: from here on there are three columns, and below 760 px, on a phone, all cards are in one in the order of WIDE. */
const TWO_COLUMNS = "(min-width: 760px) and (max-width: 1499px)";

/**
 * The host board.
 * @param {HTMLElement} page
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 * @param {(why?: string) => void} again looks anew who is signed in
 * @returns {() => void} unmounts
 */
export function mount(page, feed, again) {
  const board = part(page, "board");
  const head = part(page, "header");
  const ends = [title(page, feed), header(head, feed, again), navigation(head, feed), newer(head, feed), caution(head, feed.bus.session),
    span(part(page, "span"), feed), moment(page, feed), () => feed.history.past.forget(),
    footer(part(page, "footer"), feed)];
  const sections = Object.keys(CARDS).map((name) => h("section", { class: name }));
  ends.push(arrangeColumns(board, sections));
  for (const section of sections) ends.push(CARDS[section.className]?.(section, feed) ?? (() => {}));
  return () => {
    for (const end of ends) end();
    board.replaceChildren();
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

/** @param {HTMLElement} page @param {string} id @returns {HTMLElement} */
function part(page, id) {
  const element = page.querySelector(`#${id}`);
  if (!(element instanceof HTMLElement)) throw new Error(`the page has no #${id}`);
  return element;
}
