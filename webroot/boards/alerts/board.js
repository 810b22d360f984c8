import { h } from "../../lib/dom.js";
import { Acts } from "./acts.js";
import { mountChannels } from "./channels.js";
import { mountList } from "./list.js";
import { mountOwn } from "./own.js";
import { mountPast } from "./past.js";
import { mountRules } from "./rules.js";
import { mountSilences } from "./silences.js";

const SHEET = new URL("../../style/alerts.css", import.meta.url).href;

/** @typedef {(card: HTMLElement, feed: import("../../lib/live-feed.js").LiveFeed, directory: import("../../lib/directory.js").Directory, acts: Acts) => () => void} Part */

/** In this order. @type {[name: string, mount: Part][]} */
const PARTS = [["now", mountList], ["silences", mountSilences], ["channels", mountChannels], ["own", mountOwn], ["past", mountPast], ["rules", mountRules]];

/** What is wrong on this machine, what is done about it, and who is told. @type {import("../../views/board.js").Mount} */
export function mount(place, feed, directory) {
  place.identity.replaceChildren(h("h1", { text: "Alerts" }));
  const acts = new Acts(feed, directory);
  const page = h("div", { class: "alerts-page wide-card" });
  const sheet = loadStyle(page);
  place.board.append(page);
  const ends = PARTS.map(([name, mountPart]) => {
    const card = h("section", { class: `card alerts-${name}` });
    page.append(card);
    return mountPart(card, feed, directory, acts);
  });
  return () => {
    for (const end of ends) end();
    sheet.remove();
  };
}

/** Few look at this page, so its style is not in the sheet of all. Nothing is shown without it. @param {HTMLElement} page */
function loadStyle(page) {
  const sheet = h("link", { rel: "stylesheet", href: SHEET });
  const show = () => page.removeAttribute("hidden");
  sheet.addEventListener("load", show);
  sheet.addEventListener("error", show); // Better plain than nothing.
  page.hidden = true;
  document.head.append(sheet);
  return sheet;
}
