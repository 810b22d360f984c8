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
import { mount as network } from "../views/network.js";
import { mount as newer } from "../views/newer.js";
import { mount as pressure } from "../views/pressure.js";
import { mount as processes } from "../views/processes.js";
import { mount as sensors } from "../views/sensors.js";
import { mount as span } from "../views/span.js";
import { mount as title } from "../views/title.js";

/** @typedef {(element: HTMLElement, feed: import("../lib/live-feed.js").LiveFeed) => () => void} Mount */

/** Columns of cards: side by side where there is room, one below the other on a phone. @type {Record<string, Mount>[]} */
const COLUMNS = [
  { cpu, processes },
  { memory, container, pressure, sensors },
  { network, disks, filesystems },
];

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
  const ends = [title(page, feed), header(head, feed, again), newer(head, feed), caution(head, feed.bus.session),
    span(part(page, "span"), feed), moment(page, feed), () => feed.history.past.forget(),
    footer(part(page, "footer"), feed)];
  for (const cards of COLUMNS) {
    const column = h("div", { class: "column" });
    board.append(column);
    for (const [name, mountCard] of Object.entries(cards)) {
      const section = h("section", { class: name });
      column.append(section);
      ends.push(mountCard(section, feed));
    }
  }
  return () => {
    for (const end of ends) end();
    board.replaceChildren();
  };
}

/** @param {HTMLElement} page @param {string} id @returns {HTMLElement} */
function part(page, id) {
  const element = page.querySelector(`#${id}`);
  if (!(element instanceof HTMLElement)) throw new Error(`the page has no #${id}`);
  return element;
}
