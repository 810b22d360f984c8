import { addressOf } from "../../lib/board-address.js";
import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { createButton } from "../../lib/full-page-card.js";
import { reveal } from "../../lib/reveal.js";
import { createBadge } from "../../ui/badge.js";
import { badgeOf, factsOf } from "./words.js";

/**
 * @typedef {import("./words.js").Alert} Alert
 * @typedef {object} RowActs what can be done with an alert; undefined: not by whoever looks
 * @property {() => void} open
 * @property {(() => void) | undefined} acknowledge
 * @property {(() => void) | undefined} silence
 *
 * @typedef {{ element: HTMLLIElement, acts: RowActs, show: (alert: Alert, title: string | undefined, now: number) => void }} AlertRow title: of its board, where that has a page
 */

let stopLooking = () => {};

/** One alert: how bad, what, since when, where, and what to do. @param {() => RowActs} actsNow @returns {AlertRow} */
export function createAlertRow(actsNow) {
  const badge = createBadge();
  const open = h("button", { type: "button", class: "alert-text", "aria-haspopup": "dialog" });
  const link = h("a");
  const where = h("p", { class: "alert-where" });
  const facts = h("p", { class: "quiet" });
  const help = h("p", { class: "alert-help" });
  const acknowledge = createButton("Acknowledge", () => actsNow().acknowledge?.());
  const silence = createButton("Silence", () => actsNow().silence?.());
  setAttribute(acknowledge, "aria-keyshortcuts", "a");
  setAttribute(silence, "aria-keyshortcuts", "s");
  const buttons = h("div", { class: "alert-acts" }, acknowledge, silence);
  const element = h("li", { class: "alert" }, h("div", { class: "alert-head" }, badge.element, open), where, facts, help, buttons);
  /** @type {Alert} */
  let shown = {};
  open.addEventListener("click", () => actsNow().open());
  link.addEventListener("click", () => {
    stopLooking();
    stopLooking = reveal(/** @type {HTMLElement} */ (document.querySelector("#board")), shown);
  });
  /** @type {AlertRow["show"]} */
  const show = (alert, title, now) => {
    shown = alert;
    badge.show(...badgeOf(alert));
    setText(open, alert.text ?? alert.rule ?? "");
    showWhere(where, link, alert, title);
    setText(facts, factsOf(alert, now).join(" · "));
    setText(help, alert.help ? `What to do: ${alert.help}` : "");
    setHidden(help, !alert.help);
    setAttribute(element, "data-level", alert.level);
    const { acknowledge: seen, silence: quiet } = actsNow();
    setHidden(acknowledge, !seen);
    setHidden(silence, !quiet);
    setHidden(buttons, !seen && !quiet);
    setAttribute(acknowledge, "aria-label", `Acknowledge: ${alert.text ?? ""}`);
    setAttribute(silence, "aria-label", `Silence: ${alert.text ?? ""}`);
  };
  return { element, get acts() { return actsNow(); }, show };
}

/** @param {HTMLElement} where @param {HTMLAnchorElement} link @param {Alert} alert @param {string | undefined} title */
function showWhere(where, link, { board = "", key, rule = "" }, title) {
  const text = `${title ?? board}${key ? `: ${key}` : ""}`;
  const place = title === undefined ? where : link;
  if (title !== undefined) {
    setAttribute(link, "href", addressOf(board));
    if (link.parentNode !== where) where.replaceChildren(link, h("span", { class: "quiet" }));
    setText(/** @type {Element} */ (where.lastChild), ` by the rule ${rule}`);
  }
  setText(place, title === undefined ? `${text} by the rule ${rule}` : text);
}
