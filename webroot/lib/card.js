import { h, setAttribute, setText } from "./dom.js";
import { split } from "./format.js";

/**
 * @typedef {import("./live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./state.js").HostState} HostState
 */

const NOT_AVAILABLE = "n/a";
/** Shown by the style sheet while the charts show the past. */
const NOW = "figures of now";

/** What ends together: a card, a row. */
export class Ends {
  /** @type {(() => void)[]} */
  #ends = [];

  /** @param {...(() => void)} ends */
  add(...ends) {
    this.#ends.push(...ends);
  }

  run = () => {
    for (const end of this.#ends.splice(0)) end();
  };
}

/** The frame that all cards share: a heading, the main figure, and why there are no figures if there are none. */
export class Card {
  ends = new Ends();
  body = h("div", { class: "card-body" });

  /**
   * @param {HTMLElement} element
   * @param {LiveFeed} feed
   * @param {{ title: string, sampler?: string, hint?: string }} options sampler: whose reason is shown
   */
  constructor(element, feed, { title, sampler, hint }) {
    this.feed = feed;
    this.sampler = sampler;
    this.element = element;
    const id = `${title.toLowerCase().replace(/\W+/g, "-")}-title`;
    this.heading = h("h2", { id, text: title });
    const name = h("div", { class: "card-name" }, this.heading);
    if (hint) name.append(h("span", { class: "card-hint", text: hint }));
    this.head = h("div", { class: "card-head" }, name, h("span", { class: "now-mark", text: NOW, title: "The charts show the past; figures, bars and lists are of now." }));
    const note = h("p", { class: "card-note", hidden: "" });
    element.classList.add("card");
    element.setAttribute("aria-labelledby", id);
    element.append(this.head, note, this.body);
    this.ends.add(this.watch((state) => reason(state, sampler), (text) => {
      note.hidden = text === undefined;
      setText(note, text ?? "");
    }));
    this.ends.add(() => element.replaceChildren());
  }

  /**
   * @template T
   * @param {(state: HostState) => T} select
   * @param {(value: T) => void} render
   */
  watch(select, render) {
    const end = this.feed.watch(select, render);
    this.ends.add(end);
    return end;
  }

  /** The large number in the corner. @param {(state: HostState) => number | undefined} read @param {(value: number) => string} text @param {string} name @param {string} [sign] shown instead of the name */
  headline(read, text, name, sign) {
    const figure = createFigure(this.feed, { read, text, sampler: this.sampler });
    figure.element.classList.add("headline");
    this.ends.add(figure.remove);
    const part = h("span", { class: "headline-part" }, h("span", { class: sign ? "visually-hidden" : "headline-name", text: name }), figure.element);
    if (sign) part.prepend(h("span", { class: "headline-name", "aria-hidden": "true", text: sign, title: name }));
    this.head.append(part);
    return figure;
  }

  /** A card that has nothing to say on this host stays away. @param {(state: HostState) => boolean} select */
  showWhile(select) {
    this.element.hidden = true;
    this.watch(select, (show) => {
      this.element.hidden = !show;
    });
  }
}

/** @param {HostState} state @param {string | undefined} sampler @returns {string | undefined} why it has no figures, or others */
export function reason(state, sampler) {
  const meta = sampler === undefined ? undefined : state.meta?.[sampler];
  if (meta?.ok) return meta.reason;
  return meta ? `n/a: ${meta.reason ?? "the sampler gave no reason"}` : undefined;
}

/** A number and its unit, written by its owner. */
export function createPlainFigure() {
  const value = h("span", { class: "figure-value", text: "…" });
  const unit = h("span", { class: "figure-unit" });
  const show = (/** @type {string} */ text) => {
    const [figure, itsUnit] = split(text);
    setText(value, figure);
    setText(unit, itsUnit && `\u202f${itsUnit}`);
  };
  return { element: h("span", { class: "figure" }, value, unit), show };
}

/**
 * @typedef {object} FigureOptions
 * @property {(state: any) => number | undefined} read
 * @property {(value: number) => string} text
 * @property {string} [sampler]
 */

/**
 * A number and its unit that keep themselves up to date.
 * @param {LiveFeed} feed
 * @param {FigureOptions} options
 */
export function createFigure(feed, { read, text, sampler }) {
  const { element, show: write } = createPlainFigure();
  const show = (/** @type {number | undefined} */ current) => {
    write(current === undefined ? NOT_AVAILABLE : text(current));
    element.classList.toggle("missing", current === undefined);
    setAttribute(element, "title", current === undefined ? (reason(feed.state, sampler) ?? "not available on this host") : undefined);
  };
  /** Writes the same anew, where it is written in another way from now on. */
  const again = () => show(read(feed.state ?? {}));
  return { element, remove: feed.watch(read, show), again };
}

/**
 * Names with figures, side by side.
 * @param {LiveFeed} feed
 * @param {(FigureOptions & { name: string, tone?: string, hint?: string })[]} items
 */
export function createReadings(feed, items) {
  const ends = new Ends();
  const element = h("dl", { class: "readings" });
  for (const { name, tone, hint, ...options } of items) {
    const figure = createFigure(feed, options);
    ends.add(figure.remove);
    const term = h("dt", { text: name, title: hint });
    if (tone) term.prepend(h("i", { class: `swatch ${tone}` }));
    element.append(h("div", { class: "reading" }, term, h("dd", {}, figure.element)));
  }
  return { element, remove: ends.run };
}
