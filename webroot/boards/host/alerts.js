import { inFrame } from "../../lib/frame.js";

/**
 * @typedef {"warning" | "critical"} Level
 * @typedef {object} Alert as the server says it, as far as it is shown
 * @property {string} [board] that it is about
 * @property {string} [section] the part of that board
 * @property {string} [watch] the path that its rule looks at; * stands for the key
 * @property {string} [key]
 * @property {string} [level] while it fires
 * @property {string} [text] one clause for people
 * @property {string} [state]
 *
 * @typedef {{ level: Level, texts: string[] }} Mark the worst that is said of something, and all that is
 */

/** The board that judges the others of its machine. */
const ALERTS = "alerts";
/** Shown with the next change of the page's own board. */
const PATIENCE_MS = 1_000;
/** @type {Record<string, number>} */
const RANKS = { warning: 1, critical: 2 };

/** What is said of a host board, part by part, where it is judged and whoever looks may see that. */
export class Alerts {
  /** The board that says it. */
  feed;
  #board;
  #isThere = false;
  #isTold = false;
  /** By the path of what it is said of. @type {Map<string, Mark>} */
  #marks = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {(() => void)[]} */
  #ends = [];

  /** @param {import("../../lib/live-feed.js").LiveFeed} feed of the host board @param {import("../../lib/directory.js").Directory} directory */
  constructor(feed, directory) {
    this.feed = feed.sibling(ALERTS);
    this.#board = feed.board.slice(feed.board.indexOf("/") + 1); // As its own machine calls it, which judges it.
    const { session } = feed.bus;
    const { board } = this.feed;
    const look = () => this.#look(directory.of(board) !== undefined && session.mayRead(board));
    this.#ends = [this.feed.listen(this.#changed), directory.listen(look), session.listen(look)];
    look();
  }

  /** The whole board; undefined where nothing is judged. @returns {any} */
  get state() {
    return this.#isThere ? this.feed.state : undefined;
  }

  /** Calls back in an animation frame when something else is said. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What is said of these parts of the board and of all below them. @param {...string[]} paths @returns {Mark | undefined} */
  of(...paths) {
    return paths.map((path) => this.#marks.get(JSON.stringify(path))).reduce(both, undefined);
  }

  /** How bad that is: 0 for nothing. @param {...string[]} paths */
  rank(...paths) {
    return RANKS[this.of(...paths)?.level ?? ""] ?? 0;
  }

  end = () => {
    for (const end of this.#ends.splice(0)) end();
    this.#listeners.clear();
    this.feed.stop();
  };

  /** @param {boolean} isThere */
  #look(isThere) {
    if (isThere === this.#isThere) return;
    this.#isThere = isThere;
    if (isThere) this.feed.start();
    else this.feed.stop();
    this.#changed();
  }

  #changed = () => {
    this.#marks = marksOf(this.state?.alerts ?? {}, this.#board);
    inFrame(this.#tell, this.#isTold ? PATIENCE_MS : 0);
    this.#isTold ||= this.state !== undefined;
  };

  #tell = () => {
    for (const listener of [...this.#listeners]) listener();
  };
}

/**
 * What is marked by what fires: each thing, and all that it is part of.
 * @param {Record<string, Alert>} alerts
 * @param {string} board only those about this one
 * @returns {Map<string, Mark>} by the path, as JSON
 */
export function marksOf(alerts, board) {
  /** @type {Map<string, Mark>} */
  const marks = new Map();
  for (const alert of Object.values(alerts)) {
    if (alert.board !== board || !Object.hasOwn(RANKS, alert.level ?? "")) continue;
    const mark = { level: /** @type {Level} */ (alert.level), texts: [alert.text ?? ""] };
    const path = pathOf(alert);
    for (let length = 1; length <= path.length; length++) {
      const place = JSON.stringify(path.slice(0, length));
      marks.set(place, /** @type {Mark} */ (both(marks.get(place), mark)));
    }
  }
  return marks;
}

/** The worse of two comes first. @param {Mark | undefined} one @param {Mark | undefined} other @returns {Mark | undefined} */
function both(one, other) {
  if (!one || !other) return one ?? other;
  const [worse, better] = (RANKS[other.level] ?? 0) > (RANKS[one.level] ?? 0) ? [other, one] : [one, other];
  return { level: worse.level, texts: [...worse.texts, ...better.texts] };
}

/** @param {Alert} alert @returns {string[]} */
function pathOf({ section = "", watch, key }) {
  if (!watch) return key === undefined ? [section] : [section, key];
  // A key with a dot in it is written in quotes.
  const parts = watch.match(/"[^"]*"|[^.]+/g) ?? [];
  return parts.map((part) => (part === "*" ? key ?? part : part.replaceAll('"', "")));
}
