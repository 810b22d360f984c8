import { ALERTS, beside, FLEET, sourceOf } from "../lib/board-address.js";
import { now } from "../lib/clock.js";
import { LiveFeed } from "../lib/live-feed.js";
import { SIGNS } from "../lib/tab.js";
import { firing } from "../lib/verdict-parts.js";

/**
 * @typedef {import("../lib/verdict-parts.js").Named} Named
 * @typedef {{ level: string, text: string, since?: number, pending?: string }} Verdict
 */

/** Shown with the next change of the page's own board. */
const PATIENCE_MS = 1_000;

/**
 * Who says how well the machine is whose board is shown: itself, or for a machine that has no judgement of its own the one that shows it, by what it says of
 * its list of machines.
 */
export class VerdictSource {
  /** The board that says it. @type {LiveFeed} */
  feed;
  #bus;
  #directory;
  #changed;
  #board = "";
  /** @type {(() => void)[]} */
  #ends;
  #unwatch = () => {};

  /** @param {import("../lib/bus.js").Bus} bus @param {import("../lib/directory.js").Directory} directory @param {() => void} changed called when something else is said */
  constructor(bus, directory, changed) {
    this.#bus = bus;
    this.#directory = directory;
    this.#changed = changed;
    this.feed = this.#open(ALERTS);
    this.#ends = [directory.listen(this.#follow), bus.session.listen(this.#follow)];
  }

  /** @param {string} board that the page shows now */
  above(board) {
    this.#board = board;
    this.#follow();
  }

  remove() {
    for (const end of this.#ends) end();
    this.#unwatch();
    this.feed.stop();
  }

  /** Whether something may be said yet: until then there is room for it, so that nothing moves when it is. */
  get isAwaited() {
    return this.#directory.boards === undefined || (this.#isThere(this.feed.board) && this.feed.state === undefined);
  }

  /** What is said now; undefined where nothing is. @returns {{ verdict: Verdict, alerts: Named[], isLive: boolean } | undefined} */
  get said() {
    const { verdict, alerts } = (this.#isThere(this.feed.board) && this.feed.state) || {};
    const isLive = this.feed.isLive(now());
    const source = sourceOf(this.#board);
    if (!Object.hasOwn(SIGNS, verdict?.level ?? "")) return undefined;
    if (source === "" || this.feed.board !== ALERTS) return { verdict, alerts: firing(alerts).map(this.#named), isLive };
    if (this.#directory.of(FLEET) === undefined) return undefined;
    const about = firing(alerts).filter(([, { board, key }]) => (board === FLEET && key === source) || sourceOf(board ?? "") === source);
    return { verdict: verdictOf(about), alerts: about, isLive };
  }

  /** A machine calls its boards as it knows them. @param {Named} alert @returns {Named} */
  #named = ([id, alert]) => [id, { ...alert, board: beside(this.feed.board, alert.board ?? "") }];

  /** @param {string} board */
  #isThere(board) {
    return this.#directory.of(board) !== undefined && this.#bus.session.mayRead(board);
  }

  /** @param {string} board */
  #open(board) {
    const feed = new LiveFeed(this.#bus, board, PATIENCE_MS);
    this.#unwatch();
    this.#unwatch = feed.watch((state) => state, this.#changed);
    return feed;
  }

  #follow = () => {
    const own = beside(this.#board, ALERTS);
    const wanted = this.#isThere(own) ? own : ALERTS;
    if (wanted !== this.feed.board) {
      this.feed.stop();
      this.feed = this.#open(wanted);
    }
    this.feed.health = this.#directory.of(wanted)?.health;
    if (this.#isThere(wanted)) this.feed.start();
    else this.feed.stop();
    this.#changed();
  };
}

/** One sentence of what is said of a machine from outside. @param {Named[]} alerts @returns {Verdict} */
function verdictOf(alerts) {
  if (alerts.length === 0) return { level: "ok", text: "All is well, as far as it is judged from here." };
  const level = alerts.some(([, alert]) => alert.level === "critical") ? "critical" : "warning";
  const text = alerts.map(([, alert]) => alert.text ?? "").join("; ");
  return { level, text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` };
}
