import { now } from "./clock.js";
import { History } from "./history.js";
import { Past } from "./history-loader.js";
import { Pointing } from "./crosshair.js";
import { bounds, isPlain, LIVE } from "./span.js";

/**
 * @typedef {import("./span.js").View} View
 * @typedef {import("./columns.js").Columns} Columns
 */

const SETTLED_AFTER_MS = 200;
/** The cards show their lines in the frames after the first figures. */
const CARDS_AFTER_MS = 300;
/** After a restart all pages come back at once; their questions need not. */
const SPREAD_MS = 2_000;
const NEW_LINES_AFTER_MS = 5_000; // Hosts that start containers all the time have new rows all the time.
const REDRAW_AT_LEAST_MS = 10_000;

/**
 * What the charts of a page show. The last two minutes are kept by the page itself; for another span the server is asked
 * once for all lines, and the live figures go on from there.
 */
export class Timeline {
  /** @type {View} */
  view = { span: LIVE };
  /** The newest answer, where the page's own two minutes are not enough. @type {Columns | undefined} */
  columns;
  rings = new History();
  past;
  pointing = new Pointing();
  /** @type {Set<(isTick: boolean) => void>} */
  #listeners = new Set();
  #feed;
  /** @type {string | undefined} the server process that has last been heard of */
  #epoch;
  #isMended = false;
  #wasLive = false;
  #askedAt = 0;
  #drawnAt = 0;

  /** @param {import("./live-feed.js").LiveFeed} feed */
  constructor(feed) {
    this.#feed = feed;
    this.past = new Past(feed, () => this.#wish(), (columns) => this.#took(columns));
  }

  /** Calls back when there is something new to draw or to say. @param {(isTick: boolean) => void} listener isTick: only time has passed */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether this is the page as it opens. */
  get isPlain() {
    return isPlain(this.view);
  }

  /** The newest second that was noted, by the server's clock. */
  get now() {
    return this.rings.newest === 0 ? this.#feed.serverTime : this.rings.newest + this.#ahead;
  }

  get #ahead() {
    return this.#feed.serverTime - now();
  }

  /** How long a point of a line stands for. */
  get step() {
    return this.columns?.step ?? 1_000;
  }

  /** When what a point stands for began. @param {number} at */
  startOf(at) {
    return this.columns ? at - this.step / 2 : at;
  }

  /** Where the charts begin and end, Unix ms. @returns {[number, number]} */
  get bounds() {
    return bounds(this.view, this.now);
  }

  /** @param {View} view */
  show(view) {
    if (view.span === this.view.span && view.to === this.view.to) return;
    if (this.view.to !== undefined) this.columns?.pause(); // The past does not go on up to now, answer or not.
    this.view = view;
    this.past.forget();
    if (this.isPlain) this.columns = undefined;
    if (this.#epoch !== undefined && !(this.isPlain && this.#isMended)) this.past.want(SETTLED_AFTER_MS);
    this.#tell();
  }

  /** Notes a second. @param {number} time by clock.js @param {any} state undefined while nothing can be known */
  sample(time, state) {
    const before = this.rings.newest;
    this.rings.sample(time, state);
    if (this.rings.newest === before) return;
    this.#watchConnection(this.#feed.isAnswered(time));
    if (this.view.to !== undefined) return;
    this.columns?.note(this.now, state);
    if (time - this.#drawnAt >= Math.min(REDRAW_AT_LEAST_MS, (this.columns?.step ?? 0) - 500)) this.#tell(true);
  }

  /** It is not known how much time has passed. */
  gap() {
    this.rings.gap();
    this.columns?.gap();
    this.#wasLive = false;
  }

  /** Asks for what is not known yet: at first, when the connection is back, and for lines that are new. @param {boolean} live whether the server can tell of it */
  #watchConnection(live) {
    if (this.rings.lines.length === 0) return; // A board without charts, or not shown yet.
    const isBack = live && !this.#wasLive;
    this.#wasLive = live;
    if (!isBack) return void (live && this.#watchLines());
    const [last, epoch] = [this.#epoch, this.#feed.epoch];
    this.#epoch = epoch;
    if (last === undefined) this.past.want(CARDS_AFTER_MS);
    // A new process remembers less of the last two minutes than this page does.
    else if (!this.isPlain || epoch === last) this.past.want(Math.random() * SPREAD_MS);
  }

  #watchLines() {
    if (!this.columns || this.past.isLoading || now() - this.#askedAt < NEW_LINES_AFTER_MS) return;
    if (this.rings.lines.some((line) => !this.columns?.of(line))) this.past.want(0);
  }

  #wish() {
    this.#askedAt = now();
    return { view: this.view, lines: this.rings.lines.filter(({ names }) => names.length > 0) };
  }

  /** @param {Columns | undefined} columns */
  #took(columns) {
    if (!this.isPlain) this.columns = columns ?? this.columns;
    else if (!columns) this.past.forget(); // The live view does without.
    else {
      this.rings.mend(columns, this.#ahead);
      this.#isMended = true;
    }
    setTimeout(() => this.#tell()); // After the question has ended: it is shown that one is under way.
  }

  #tell(isTick = false) {
    this.#drawnAt = now();
    for (const listener of this.#listeners) listener(isTick);
  }
}
