import { recall, remember } from "./dom.js";
import { SPANS } from "./span.js";

/** @typedef {(isFar: boolean) => boolean} Act isFar: with Shift; false where there is nothing that it could do */

/** What a person types into. */
const TYPED = "input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]";
/** What has a use of its own for the space bar, and for the arrows. */
const PRESSED = "a, button, summary, input, [role=button], audio, video";
const MOVED = "input, [role=slider], [role=tab], [role=menuitem], audio, video";
/** The slider of the moments. */
const MOMENTS = "#span .moments input";
const FAR = 10;
const STORED = "keys";

/** Whether single letters do something: whoever speaks to the computer, or hits keys by accident, can switch that off. */
export const areOn = () => recall(STORED, "on") !== "off";

/** @param {boolean} isOn */
export const switchKeys = (isOn) => remember(STORED, isOn ? "on" : "off");

/**
 * The page by keyboard. Nothing here takes a key from what is typed into, from a dialog, or from the browser.
 * @param {() => import("./timeline.js").Timeline | undefined} timeline of the board that is shown
 * @param {() => void} help shows which keys there are
 * @returns {() => void} listens no more
 */
export function listenToKeys(timeline, help) {
  /** @type {Record<string, Act>} */
  const acts = {
    "?": () => (help(), true),
    "/": () => focusFirst('[data-filter], #board input[type="search"]'),
    " ": () => pause(timeline()),
    "[": () => go(-1), p: () => go(-1), "]": () => go(1), n: () => go(1),
    ArrowLeft: (isFar) => point(isFar ? -FAR : -1), ArrowRight: (isFar) => point(isFar ? FAR : 1),
    Escape: () => leave(),
    ...Object.fromEntries(SPANS.map(({ span }, index) => [String(index + 1), () => choose(timeline(), span)])),
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const { key, shiftKey } = event;
    const act = Object.hasOwn(acts, key) ? acts[key] : undefined;
    if (!act || isTaken(event) || (key.length === 1 && !areOn())) return;
    if (act(shiftKey)) event.preventDefault();
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}

/** Whether the key is for somebody else. @param {KeyboardEvent} event */
export function isTaken({ key, target, defaultPrevented, ctrlKey, metaKey, altKey, isComposing, repeat }) {
  if (defaultPrevented || ctrlKey || metaKey || altKey || isComposing || document.querySelector("dialog[open]")) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPED)) return true;
  if (target.matches(MOMENTS)) return false;
  if (key === " ") return repeat || target.closest(PRESSED) !== null;
  return key.startsWith("Arrow") && target.closest(MOVED) !== null;
}

/** @param {string} selector */
function focusFirst(selector) {
  const element = visible(selector);
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
  return element !== undefined;
}

/** @param {string} selector @returns {HTMLElement | undefined} */
function visible(selector) {
  const all = [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0);
  return all.find((one) => one instanceof HTMLElement);
}

/** Holds what the charts show, or goes back to now. @param {import("./timeline.js").Timeline | undefined} timeline */
function pause(timeline) {
  if (!timeline || !visible("#span .spans")) return false;
  const { span, to } = timeline.view;
  timeline.show(to === undefined ? { span, to: Math.round(timeline.now) } : { span });
  return true;
}

/** @param {import("./timeline.js").Timeline | undefined} timeline @param {number} span */
function choose(timeline, span) {
  if (!timeline || !visible("#span .spans")) return false;
  timeline.show({ span });
  return true;
}

/** To the board before or after this one. @param {number} by */
function go(by) {
  const links = [...document.querySelectorAll("nav.boards a")].filter((link) => link.getClientRects().length > 0);
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const link = links[(at + by + links.length) % links.length];
  if (links.length < 2 || !(link instanceof HTMLElement)) return false;
  link.click();
  return true;
}

/** Moves the line that points at a moment in all charts. @param {number} by */
function point(by) {
  const slider = visible(MOMENTS);
  if (!(slider instanceof HTMLInputElement)) return false;
  slider.focus();
  slider.value = String(Number(slider.value) + by);
  slider.dispatchEvent(new Event("input"));
  return true;
}

function leave() {
  const slider = document.activeElement;
  if (!(slider instanceof HTMLInputElement) || slider.type !== "range") return false;
  slider.blur();
  return true;
}
