import { address } from "../lib/api.js";
import { createButton } from "../lib/full-page-card.js";
import { h } from "../lib/dom.js";
import { areOn, switchKeys } from "../lib/keys.js";
import { createBadge } from "../ui/badge.js";

/** @type {[string[], string][]} */
const KEYS = [
  [["1", "…", "9"], "last 2 minutes, 15 minutes, 1 hour, 6 hours, 24 hours, 7 days, 30 days, 1 year, 2 years"],
  [["Space"], "hold what the charts show; again: back to now"],
  [["←", "→"], "point at a moment in all charts; with Shift ten steps; Esc leaves"],
  [["/"], "filter what the page lists"],
  [["[", "]"], "the board before, the board after; also p and n"],
  [["a"], "on the page of alerts: acknowledge the one that has the focus, or the first"],
  [["s"], "the same: silence it"],
  [["Esc"], "close what is open"],
  [["?"], "this help"],
];
/** @type {[string, string][]} */
const CHARTS = [
  ["Zoom", "draw with the mouse, turn the wheel with Ctrl, or use two fingers; a double click goes out again"],
  ["Move", "drag with Shift, turn the wheel with Shift, or use one finger sideways"],
  ["Read", "point at a line, or use the arrows"],
  ["Open", "click a small one, or press Enter at it; Esc closes it"],
];
/** @type {[string, string][]} */
const LEVELS = [["ok", "no rule has anything to say"], ["warning", "look at it today"], ["critical", "look at it now"], ["unknown", "there are no figures: nobody can say"]];

/** Which keys and gestures there are, and what the signs mean. @param {HTMLElement} [opener] gets the focus back @returns {() => void} closes it */
export function openHelp(opener) {
  const dialog = h("dialog", { class: "dialog help", "aria-labelledby": "help-title" });
  const isOn = h("input", { type: "checkbox" });
  isOn.checked = areOn();
  isOn.addEventListener("change", () => switchKeys(isOn.checked));
  dialog.append(
    h("div", { class: "dialog-head" }, h("h2", { id: "help-title", text: "Help" }), createButton("Close", () => dialog.close())),
    h("h3", { text: "Keys" }),
    createList(KEYS.map(([keys, text]) => [h("span", {}, ...keys.flatMap((key) => key === "…" ? [" to "] : [h("kbd", { text: key }), " "])), text])),
    h("label", { class: "choice" }, isOn, h("span", { text: "Single keys do something" })),
    h("h3", { text: "Charts" }),
    createList(CHARTS.map(([what, how]) => [h("span", { text: what }), how])),
    h("h3", { text: "Levels" }),
    createList(LEVELS.map(([state, text]) => [createBadge(state).element, text])),
    h("p", { class: "help-ways" },
      h("a", { href: wallAddress(), text: "This page for a wall" }), h("a", { href: address("api.html").href, text: "API" }), h("a", { href: address("demo.html").href, text: "Parts of the page" })));
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}

/** @param {[HTMLElement, string][]} rows */
function createList(rows) {
  return h("dl", { class: "help-list" }, ...rows.map(([term, text]) => h("div", {}, h("dt", {}, term), h("dd", { text }))));
}

function wallAddress() {
  const query = new URLSearchParams(location.search);
  query.set("wall", "");
  return `?${query.toString().replace(/\bwall=(?=&|$)/, "wall")}${location.hash}`;
}
