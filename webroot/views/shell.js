import { addressOf, boardOf, DIRECTORY, FLEET, HOME } from "../lib/board-address.js";
import { now } from "../lib/clock.js";
import { Directory } from "../lib/directory.js";
import { listenToKeys } from "../lib/keys.js";
import { LiveFeed } from "../lib/live-feed.js";
import { mount as barred } from "./barred.js";
import { mountBoard } from "./board.js";
import { watchMarks } from "./mark-watch.js";
import { createNavigation } from "./navigation.js";
import { VerdictLine } from "./verdict.js";

/**
 * @typedef {import("../lib/bus.js").Bus} Bus
 * @typedef {object} Pages
 * @property {import("./board.js").PageOf} pageOf
 * @property {(kind: string) => string | undefined} shownWithin the kind whose page shows boards of this kind, too
 */

/** What stays while one board after the other is shown: connection, directory and navigation. */
export class Shell {
  /** The board that is shown, if it may be seen. @type {LiveFeed | undefined} */
  feed;
  #bus;
  #pages;
  #again;
  #directory;
  #navigation;
  #verdict;
  #shown = "";
  #close = () => {};
  /** @type {(() => void) | undefined} */
  #disconnect;

  /**
   * @param {Bus} bus
   * @param {Pages} pages
   * @param {(why?: string) => void} again looks anew who is signed in
   */
  constructor(bus, pages, again) {
    this.#bus = bus;
    this.#pages = pages;
    this.#again = again;
    this.#directory = new Directory(bus);
    this.#verdict = new VerdictLine(/** @type {HTMLElement} */ (document.querySelector("#span")), bus, this.#directory);
    this.#navigation = createNavigation(/** @type {HTMLElement} */ (document.querySelector("#header")), this.#directory, pages.shownWithin);
  }

  /** @returns {() => void} ends it */
  start() {
    this.show();
    const skip = document.querySelector(".skip");
    skip?.addEventListener("click", toFigures);
    const ends = [() => skip?.removeEventListener("click", toFigures), this.#bus.session.listen(() => this.show()), this.#directory.start(),
      listenToKeys(() => this.feed?.history, help)];
    addEventListener("pulseboard-help", help);
    if (document.documentElement.dataset.wall !== undefined) ends.push(startWall());
    return () => {
      this.#close();
      removeEventListener("pulseboard-help", help);
      for (const end of ends) end();
      this.#disconnect?.();
      this.#navigation.remove();
      this.#verdict.remove();
    };
  }

  /** Shows the board that the page's address names, if it is another than before, or is to be shown to somebody else. */
  show() {
    const board = named(this.#bus.session);
    const isAllowed = this.#bus.session.mayRead(board);
    if (this.#shown === `${board} ${isAllowed}`) return;
    this.#shown = `${board} ${isAllowed}`;
    this.#close();
    this.#verdict.above(board);
    this.#close = isAllowed ? this.#open(board) : barred(document.body, this.#bus.session, board, this.#again);
    this.#navigation.mark(board);
    // Whoever may see nothing is told so, and asked nothing.
    if (isAllowed || this.#bus.session.mayRead(DIRECTORY)) this.#disconnect ??= this.#bus.connection.start();
  }

  /** @param {string} name @returns {() => void} closes it */
  #open(name) {
    const isOwn = name !== DIRECTORY; // The directory is read anyway.
    const feed = this.feed = isOwn ? new LiveFeed(this.#bus, name) : this.#directory.feed;
    const timer = setInterval(() => feed.seconds.tick(now()), 1000);
    const unmount = mountBoard(document.body, feed, this.#directory, this.#pages.pageOf, this.#again);
    const unmark = watchMarks(feed, this.#verdict.feed, this.#directory);
    return () => {
      clearInterval(timer);
      unmark();
      unmount();
      if (isOwn) feed.stop();
      this.feed = undefined;
    };
  }
}

/**
 * The board that the address names, also without "boards"; that of this machine if it names none, or the list of machines for whoever may see only some of
 * those. Then the address is the one that the board has.
 * @param {import("../lib/session.js").Session} session
 */
function named(session) {
  const { hash, pathname, search } = location;
  const board = boardOf(hash) ?? boardOf(hash.replace(/^#\/(board\/)?/, "#/boards/")) ?? (session.mayRead(HOME) || !session.mayRead(FLEET) ? HOME : FLEET);
  if (hash.startsWith("#/") && hash !== addressOf(board)) history.replaceState(null, "", pathname + search + addressOf(board).replace(/^#$/, ""));
  return board;
}

/** @returns {() => void} ends it */
function startWall() {
  let end = () => {};
  let isOver = false;
  void import("./wall.js").then(({ mountWall }) => {
    if (!isOver) end = mountWall(document.body);
  }, () => dispatchEvent(new Event("pulseboard-missing")));
  return () => {
    isOver = true;
    end();
  };
}

/** Few ever want it. */
async function help() {
  const opener = document.activeElement;
  const module = await import("./help.js").catch(() => undefined);
  if (!module) dispatchEvent(new Event("pulseboard-missing")); // After an upgrade the files of before are not there any more.
  else if (!document.querySelector("dialog[open]")) module.openHelp(opener instanceof HTMLElement ? opener : undefined);
}

/** A link to a place on the page would take the board out of the address. @param {Event} event */
function toFigures(event) {
  event.preventDefault();
  document.querySelector("main")?.focus();
}
