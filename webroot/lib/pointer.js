import { bounds, between, pan, zoom } from "./span.js";

/** @typedef {import("./timeline.js").Timeline} Timeline */

/** Less is a tap or a click by an unsteady hand. */
const MOVED = 8;
const PER_WHEEL_PIXEL = 0.0025;

/**
 * Zooms and pans by wheel and fingers. The wheel alone scrolls the page, and so does one finger up or down: it is the wheel
 * with Ctrl or ⌘ that zooms, which is also what browsers make of two fingers on a touchpad.
 * @param {HTMLElement} element
 * @param {Timeline} timeline
 */
export function listenToPointers(element, timeline) {
  const share = (/** @type {number} */ x) => (x - element.getBoundingClientRect().left) / element.clientWidth;
  const wheel = (/** @type {WheelEvent} */ event) => {
    const { deltaX, deltaY, ctrlKey, metaKey, shiftKey, clientX } = event;
    const sideways = shiftKey ? deltaX || deltaY : Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : 0;
    if (ctrlKey || metaKey) timeline.show(zoom(timeline.view, Math.exp(deltaY * PER_WHEEL_PIXEL), share(clientX), timeline.now));
    else if (sideways !== 0) timeline.show(pan(timeline.view, sideways / element.clientWidth * timeline.view.span, timeline.now));
    else return;
    event.preventDefault();
  };
  element.addEventListener("wheel", wheel, { passive: false });
  element.addEventListener("dblclick", ({ clientX }) => timeline.show(zoom(timeline.view, 2, share(clientX), timeline.now)));
  new Fingers(element, timeline, share);
}

/** One finger sideways, or the mouse with Shift, pans; two zoom. The content stays below them. */
class Fingers {
  /** @type {Map<number, number>} where each is */
  #at = new Map();
  /** @type {{ from: number, to: number, shares: number[] } | undefined} what is held, since the last finger came or went */
  #held;
  #moved = false;

  /** @param {HTMLElement} element @param {Timeline} timeline @param {(x: number) => number} share */
  constructor(element, timeline, share) {
    this.timeline = timeline;
    this.share = share;
    this.element = element;
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) element.addEventListener(end, (event) => this.#up(event));
  }

  /** @param {PointerEvent} event */
  #down({ pointerId, pointerType, shiftKey, clientX }) {
    if (pointerType === "mouse" && !shiftKey) return;
    this.#at.set(pointerId, clientX);
    this.#moved = this.#at.size > 1;
    this.#hold();
  }

  /** @param {PointerEvent} event */
  #move({ pointerId, clientX }) {
    const before = this.#at.get(pointerId);
    if (before === undefined || !this.#held) return;
    this.#moved ||= Math.abs(clientX - before) > MOVED;
    if (!this.#moved) return;
    if (!this.element.hasPointerCapture(pointerId)) this.element.setPointerCapture(pointerId);
    this.#at.set(pointerId, clientX);
    this.#show(this.#held);
  }

  /** @param {PointerEvent} event */
  #up({ pointerId }) {
    if (this.#at.delete(pointerId)) this.#hold();
  }

  #hold() {
    const [from, to] = bounds(this.timeline.view, this.timeline.now);
    const shares = this.#shares();
    this.#held = shares.length === 0 ? undefined : { from, to, shares };
  }

  #shares() {
    return [...this.#at.values()].slice(0, 2).map(this.share);
  }

  /** @param {{ from: number, to: number, shares: number[] }} held */
  #show({ from, to, shares: [first = 0, second = first] }) {
    const [one = 0, other = one] = this.#shares();
    const { now, view } = this.timeline;
    if (first === second) return this.timeline.show(pan({ ...view, to }, (first - one) * (to - from), now));
    const span = (to - from) * (second - first) / ((other - one) || 1e-3);
    if (span <= 0) return;
    const start = from + first * (to - from) - one * span;
    this.timeline.show(between(start, start + span, now));
  }
}
