import { request } from "./api.js";
import { DIRECTORY } from "./board-address.js";
import { LiveFeed } from "./live-feed.js";
import { own } from "./merge-patch.js";

/**
 * @typedef {import("./board-address.js").BoardId} BoardId
 * @typedef {{ title?: string, kind?: string, health?: import("./health.js").Health }} Info what a board says of itself
 */

/** Navigation is shown with the next change of the page's own board. */
const PATIENCE_MS = 1_000;
const ASK_EVERY_MS = 60_000;
const AGAIN_AFTER_MS = 2_000;

/**
 * The boards that whoever looks may read, live. Who may not read the directory itself asks the server from time to time which
 * boards those are.
 */
export class Directory {
  /** By their ids; undefined until they are known. @type {Record<BoardId, Info> | undefined} */
  boards;
  /** The board that all this is read from. */
  feed;
  #session;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Grows with each question and when all has ended: an older answer must not be taken. */
  #round = 0;

  /** @param {import("./bus.js").Bus} bus */
  constructor(bus) {
    this.#session = bus.session;
    this.feed = new LiveFeed(bus, DIRECTORY, PATIENCE_MS);
  }

  /** @param {BoardId} board @returns {Info | undefined} undefined for one that is not there, or not known yet */
  of(board) {
    return own(this.boards, board);
  }

  /** Calls back whenever something is new. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @returns {() => void} ends it */
  start() {
    const ends = [this.feed.listen(() => this.#took(this.feed.state)), this.#session.listen(() => this.#begin())];
    return () => {
      for (const end of ends) end();
      this.#forget();
      this.feed.stop();
    };
  }

  /** Whoever looks may be allowed more than before, or less. */
  #begin() {
    this.#forget();
    if (this.#session.mayRead(DIRECTORY)) {
      this.feed.start();
      if (this.feed.state !== undefined) this.#took(this.feed.state);
    } else {
      this.feed.stop();
      void this.#ask(this.#round);
    }
  }

  #forget() {
    this.#round++;
    clearTimeout(this.#timer);
  }

  /** @param {number} round */
  async #ask(round) {
    const answer = await request("api/boards").catch(() => undefined);
    if (round !== this.#round) return;
    this.#timer = setTimeout(() => void this.#ask(round), answer ? ASK_EVERY_MS : AGAIN_AFTER_MS);
    if (answer) this.#took(Object.fromEntries(answer.boards.map((/** @type {Info & { name: BoardId }} */ one) => [one.name, one])));
  }

  /** @param {Record<BoardId, Info>} all */
  #took(all) {
    this.boards = Object.fromEntries(Object.entries(all).filter(([board]) => this.#session.mayRead(board)));
    for (const listener of [...this.#listeners]) listener();
  }
}
