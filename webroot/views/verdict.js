import { addressOf } from "../lib/board-address.js";
import { createAnnouncer } from "../lib/announcer.js";
import { h, setAttribute, setHidden, setText } from "../lib/dom.js";
import { reveal } from "../lib/reveal.js";
import { setVerdict, SIGNS } from "../lib/tab.js";
import { instant } from "../lib/time.js";
import { partsOf } from "../lib/verdict-parts.js";
import { VerdictSource } from "./verdict-source.js";

/**
 * @typedef {import("../lib/verdict-parts.js").Part} Part
 * @typedef {import("../lib/verdict-parts.js").Alert} Alert
 */

/**
 * Is this machine well: one sentence above every board of it, worst first, each part a link to what it speaks of. Not there where nothing is
 * judged, or whoever looks may not see it. Above another machine's boards it says how that one is.
 */
export class VerdictLine {
  #source;
  #sign = h("span", { class: "verdict-sign", "aria-hidden": "true" });
  #text = h("span", { class: "verdict-text" });
  #since = h("span", { class: "verdict-since" });
  #pending = h("span", { class: "verdict-pending", hidden: "" });
  #line = h("section", { class: "verdict", "aria-label": "Verdict", hidden: "" }, this.#sign, this.#text, this.#since, this.#pending);
  #announcer = createAnnouncer();
  /** That the page shows. */
  #board = "";
  /** By the ids of the alerts: one that somebody is at stays, while its words change. @type {Map<string, { element: HTMLAnchorElement, alert: Alert }>} */
  #links = new Map();
  #stopLooking = () => {};
  #timer;

  /** @param {Element} below what it stands above @param {import("../lib/bus.js").Bus} bus @param {import("../lib/directory.js").Directory} directory */
  constructor(below, bus, directory) {
    below.before(this.#line, this.#announcer.element);
    this.#source = new VerdictSource(bus, directory, () => this.#render());
    // Also in a tab that is not in front, where nothing is drawn; and of a server that is silent nothing is known.
    this.#timer = setInterval(() => this.#render(), 1_000);
  }

  /** The board that says it. */
  get feed() {
    return this.#source.feed;
  }

  /** @param {string} board that the page shows now */
  above(board) {
    this.#board = board;
    this.#source.above(board);
  }

  remove() {
    clearInterval(this.#timer);
    this.#source.remove();
    this.#stopLooking();
    this.#announcer.remove();
    setVerdict("", 0);
    this.#line.remove();
    this.#announcer.element.remove();
  }

  #render() {
    const said = this.#source?.said;
    // Whoever says it is gone: it is not known any more.
    const level = said === undefined || said.isLive ? said?.verdict.level ?? "" : "unknown";
    const all = said?.alerts ?? [];
    setHidden(this.#line, level === "" && !this.#source?.isAwaited);
    setVerdict(level === "unknown" ? "" : /** @type {import("../lib/tab.js").Mark} */ (level), all.filter(([, one]) => one.level === level).length);
    if (said === undefined) return setAttribute(this.#line, "data-level", "awaited");
    const { verdict } = said;
    setAttribute(this.#line, "data-level", level);
    setText(this.#sign, SIGNS[level] ?? "?");
    setText(this.#since, level === "ok" && verdict.since ? `since ${instant(verdict.since, 0)}` : "");
    const pending = level === "ok" ? verdict.pending ?? "" : "";
    setHidden(this.#pending, pending === "");
    setText(this.#pending, pending === "" ? "" : `About to fire: ${pending}`);
    const text = `${level === "unknown" ? "Not known now. The last that was heard: " : ""}${verdict.text ?? ""}`;
    this.#write(partsOf(text, all));
    this.#announcer.show(`${level} ${all.map(([id]) => id).sort().join()}`, text);
  }

  /** @param {Part[]} parts */
  #write(parts) {
    const ids = new Set(parts.map(({ of }) => of?.[0]));
    for (const id of this.#links.keys()) if (!ids.has(id)) this.#links.delete(id);
    const nodes = parts.map((part, index) => part.of ? this.#link(...part.of, part.text) : this.#joint(index, part.text));
    if (nodes.length === this.#text.childNodes.length && nodes.every((node, index) => node === this.#text.childNodes[index])) return;
    const focused = document.activeElement;
    this.#text.replaceChildren(...nodes);
    if (focused instanceof HTMLAnchorElement && this.#text.contains(focused)) focused.focus();
  }

  /** @param {string} id @param {Alert} alert @param {string} text */
  #link(id, alert, text) {
    const link = this.#links.get(id) ?? { element: h("a"), alert };
    if (!this.#links.has(id)) link.element.addEventListener("click", (event) => this.#open(event, link.alert));
    this.#links.set(id, link);
    link.alert = alert;
    setAttribute(link.element, "href", addressOf(alert.board ?? ""));
    setText(link.element, text);
    return link.element;
  }

  /** What stands between two of them. @param {number} index @param {string} text */
  #joint(index, text) {
    const there = this.#text.childNodes[index];
    const node = there instanceof Text ? there : document.createTextNode(text);
    if (node.data !== text) node.data = text;
    return node;
  }

  /** @param {Event} event @param {Alert} alert */
  #open(event, alert) {
    if (alert.board === this.#board) event.preventDefault();
    this.#stopLooking();
    this.#stopLooking = reveal(/** @type {HTMLElement} */ (document.querySelector("#board")), alert);
  }
}
