import uPlot from "../vendor/uPlot.esm.js";
import { fill } from "./chart-data.js";
import { cursorOptions } from "./cursor.js";
import { h, setAttribute } from "./dom.js";
import { inFrame } from "./frame.js";
import { whenResized, whenSeen } from "./observe.js";
import { plotOptions, tracesOf } from "./plot.js";
import { listenToPointers } from "./pointer.js";
import { inWords, readingsAt } from "./readings.js";
import { createTag } from "./chart-label.js";

/**
 * @typedef {import("./chart-options.js").Series} Series
 * @typedef {import("./chart-options.js").ChartOptions} ChartOptions
 */

/** The lines of one card, over the span that the page shows. */
export class Chart {
  element;
  /** Whether it is on the screen, or nearly. */
  isSeen = false;
  /** @type {uPlot | undefined} */
  #plot;
  /** @type {any[]} */
  #data;
  #lines;
  #tag = createTag();
  /** Up to when. */
  #drawnAt = 0;
  #ends;

  /** @param {import("./live-feed.js").LiveFeed} feed @param {ChartOptions} options */
  constructor({ history }, options) {
    this.timeline = history;
    this.options = options;
    this.element = h("div", { class: "chart", role: "img", "aria-label": `${options.label}: no figures yet` }, this.#tag.element);
    this.#lines = options.series.map(({ read, from }) => history.rings.line(read, from));
    this.traces = tracesOf(options.series, this.#lines);
    this.#data = [[], ...this.traces.map(() => [])];
    listenToPointers(this.element, history);
    const repaint = () => this.#plot?.redraw(false);
    addEventListener("pulseboard-theme", repaint);
    this.#ends = [
      history.pointing.join(this),
      history.listen((isTick) => this.isSeen && (!isTick || this.#isBehind) && inFrame(this.#draw)),
      whenResized(this.element, () => inFrame(this.#size)),
      whenSeen(this.element, (seen) => {
        this.isSeen = seen;
        inFrame(this.#draw);
      }),
      ...this.#lines.map(({ remove }) => remove),
      () => removeEventListener("pulseboard-theme", repaint),
    ];
  }

  remove = () => {
    for (const end of this.#ends) end();
    this.#plot?.destroy();
    this.element.remove();
  };

  /** Draws it anew in another way. @param {Partial<ChartOptions>} options */
  change(options) {
    this.options = { ...this.options, ...options };
    this.#plot?.destroy();
    this.#plot = undefined;
    inFrame(this.#size);
  }

  redraw = () => void inFrame(this.#draw);

  /** What another drawing of the same needs. */
  get content() {
    fill(this.timeline, this.traces, this.#data);
    return { timeline: this.timeline, lines: this.#lines, traces: this.traces, data: this.#data };
  }

  /** Whether there is anything to point at. */
  get isDrawn() {
    return this.isSeen && this.#plot !== undefined && this.#data[0].length > 0;
  }

  /** Where the line is that follows the mouse. */
  get cursorLeft() {
    return this.#plot?.cursor.left ?? 0;
  }

  /** Whether time has moved on by a pixel since it was drawn. */
  get #isBehind() {
    if (this.timeline.pointing.moment) return true; // Then all say what was at the same moment.
    return this.timeline.now - this.#drawnAt >= this.timeline.view.span / Math.max(1, this.element.clientWidth);
  }

  /** Those of its points, Unix ms. @returns {number[]} */
  get moments() {
    return this.#data[0];
  }

  /** @param {number} index */
  readings(index) {
    return readingsAt(this.options, this.traces, this.#data, index);
  }

  /** Puts the line there. @param {number | undefined} moment */
  pointAt(moment) {
    if (!this.#plot || !this.isSeen) return;
    this.#plot.cursor.event = undefined; // Not the mouse's.
    const left = moment === undefined ? -10 : this.#plot.valToPos(moment, "x");
    this.#plot.setCursor({ left, top: left < 0 ? -10 : 1 });
  }

  #draw = () => {
    if (!this.isSeen || !this.#plot) return;
    const { data } = this.content;
    this.#drawnAt = this.timeline.now;
    this.#plot.setData(data);
    setAttribute(this.element, "aria-label", inWords(this.options, this.timeline, this.traces, data));
    queueMicrotask(this.#drawn); // After uPlot's own, which moves the scale.
  };

  #drawn = () => {
    this.options.drawn?.(this.#plot?.scales.y?.max ?? 0);
    this.timeline.pointing.drawn(this, this.timeline.step);
  };

  #size = () => {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) return;
    if (this.#plot) this.#plot.setSize({ width, height });
    else this.#plot = new uPlot({ ...plotOptions(this.options, this.content, { width, height }), ...this.#cursor() }, this.#data, this.element);
    this.#draw();
  };

  #cursor() {
    return cursorOptions(this.timeline, (index, isHere) => this.#point(index, isHere), () => this.isSeen);
  }

  /** @param {number | undefined} index @param {boolean} isHere */
  #point(index, isHere) {
    const at = this.#data[0][index ?? -1];
    this.#tag.show(index === undefined || isHere ? [] : this.readings(index), (this.#plot?.cursor.left ?? 0) * 2 < this.element.clientWidth);
    if (isHere) this.timeline.pointing.show(at === undefined ? undefined : { at, index: index ?? 0, chart: this });
  }
}

/** @param {import("./live-feed.js").LiveFeed} feed @param {ChartOptions} options */
export function createChart(feed, options) {
  return new Chart(feed, options);
}
