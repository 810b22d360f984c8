import { isOfAnother } from "../../lib/board-address.js";
import { h, recall, remember, setAttribute } from "../../lib/dom.js";
import { mount as span } from "../../views/span.js";
import { mountClocks } from "./clocks.js";
import { mountConflicts } from "./conflicts.js";
import { mountDelta } from "./delta.js";
import { mountFiles } from "./files.js";
import { mountMonitor } from "./monitor.js";
import { mountOverview } from "./overview.js";
import { mountPerformance } from "./performance.js";
import { mountTopology } from "./topology.js";

/** @typedef {(place: HTMLElement, feed: import("../../lib/live-feed.js").LiveFeed) => () => void} Part */

const SHEET = new URL("../../style/sync.css", import.meta.url).href;

/** In this order. @type {[name: string, title: string, mount: Part][]} */
const TABS = [
  ["overview", "Overview", mountOverview], ["topology", "Topology", mountTopology], ["clocks", "Clocks", mountClocks], ["delta", "Delta", mountDelta],
  ["conflicts", "Conflicts", mountConflicts], ["monitor", "Monitor", mountMonitor], ["files", "Files", mountFiles], ["performance", "Performance", mountPerformance],
];

/** What a machine shows on its own page alone. */
const ONLY_THERE = ["files"];

/** Folders that machines keep equal: what happens, and what people have to decide. @type {import("../../views/board.js").Mount} */
export function mount(place, feed) {
  place.identity.replaceChildren(h("h1", { text: "File sync" }));
  const panel = h("div", { class: "sync-panel", role: "tabpanel", tabindex: "0" });
  const list = h("div", { class: "sync-tabs", role: "tablist", "aria-label": "File sync" });
  const page = h("div", { class: "sync-page wide-card" }, list, panel);
  const sheet = loadStyle(page);
  const endSpan = span(place.span, feed);
  const tabs = TABS.filter(([name]) => !(ONLY_THERE.includes(name) && isOfAnother(feed.board)));
  let end = () => {};
  /** @param {string} wanted */
  const open = (wanted) => {
    const [name, , mountPart] = tabs.find(([each]) => each === wanted) ?? /** @type {[string, string, Part]} */ (tabs[0]);
    remember("sync.tab", name);
    for (const [each, button] of buttons) {
      setAttribute(button, "aria-selected", String(each === name));
      setAttribute(button, "tabindex", each === name ? "0" : "-1");
    }
    end();
    panel.replaceChildren();
    setAttribute(panel, "aria-labelledby", `sync-tab-${name}`);
    end = mountPart(panel, feed);
  };
  const buttons = tabs.map(([name, title]) => {
    const button = h("button", { type: "button", role: "tab", id: `sync-tab-${name}`, class: "sync-tab", text: title });
    button.addEventListener("click", () => open(name));
    list.append(button);
    return /** @type {const} */ ([name, button]);
  });
  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const at = buttons.findIndex(([, button]) => button === document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    if (step === 0 || at < 0 || !next) return;
    open(next[0]);
    next[1].focus();
  });
  place.board.append(page);
  open(recall("sync.tab", "overview"));
  return () => {
    end();
    endSpan();
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
