/**
 * @typedef {import("./chart.js").Chart} Chart
 * @typedef {{ at: number, index: number, chart: Chart, isHeld?: boolean }} Moment a point of a chart, and when it was; held: by
 *   the slider, while time moves on. The mouse stays where it is, and the moment below it is another one each second.
 */

/** The charts of a page, what happened in their time, and the moment at which somebody points in all of them. */
export class Pointing {
  /** In the order in which they were made. @type {Set<Chart>} */
  charts = new Set();
  /** @type {Moment | undefined} */
  moment;
  /** Oldest first. @type {readonly import("./marks.js").Mark[]} */
  marks = [];
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {Chart} chart */
  join(chart) {
    this.charts.add(chart);
    return () => {
      this.charts.delete(chart);
      if (this.moment?.chart === chart) this.show(undefined);
    };
  }

  /** Calls back when another moment is pointed at, or none any more. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Moment | undefined} moment */
  show(moment) {
    if (moment === undefined && this.moment === undefined) return;
    this.moment = moment;
    for (const listener of this.#listeners) listener();
  }

  /** Flags what happened. @param {readonly import("./marks.js").Mark[]} marks */
  mark(marks) {
    this.marks = marks;
    for (const chart of this.charts) chart.redraw();
  }

  /** Keeps the line of a chart, which was drawn anew, at the moment that is held. @param {Chart} chart @param {number} step milliseconds */
  drawn(chart, step) {
    const { moment } = this;
    const [first] = chart.moments;
    if (!moment?.isHeld || first === undefined) return;
    const at = Math.max(first, moment.at);
    chart.pointAt(at);
    if (moment.chart === chart) this.show({ ...moment, at, index: Math.round((at - first) / step) });
  }
}
