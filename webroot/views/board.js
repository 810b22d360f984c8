import { HOME } from "../lib/board-address.js";
import { createButton } from "../lib/full-page-card.js";
import { h } from "../lib/dom.js";
import { mount as caution } from "./caution.js";
import { mount as footer } from "./footer.js";
import { createElsewhere } from "./elsewhere.js";
import { createHeader } from "./header.js";
import { mount as newer } from "./newer.js";
import { setName } from "../lib/tab.js";
import { createOfflineNotice } from "./offline.js";

/**
 * Where the page of a board puts itself; all is emptied when it goes.
 * @typedef {object} Place
 * @property {HTMLElement} identity a heading with the name, and what else is to be said of what is shown
 * @property {HTMLElement} vitals beside the state of the connection
 * @property {HTMLElement} span which time the charts show
 * @property {HTMLElement} board the figures
 *
 * @typedef {import("../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../lib/directory.js").Directory} Directory
 * @typedef {(place: Place, feed: LiveFeed, directory: Directory) => () => void} Mount what it returns ends it
 * @typedef {(kind: string) => Promise<{ mount: Mount }>} PageOf
 */

/**
 * What every board has, and the page of its kind as soon as that is known.
 * @param {HTMLElement} page
 * @param {LiveFeed} feed
 * @param {Directory} directory
 * @param {PageOf} pageOf
 * @param {(why?: string) => void} again looks anew who is signed in
 * @returns {() => void} unmounts
 */
export function mountBoard(page, feed, directory, pageOf, again) {
  const [head, span, board, bottom] = /** @type {[HTMLElement, HTMLElement, HTMLElement, HTMLElement]} */ (["header", "span", "board", "footer"].map((id) => part(page, id)));
  const { identity, vitals, clear: clearHeader, remove, name } = createHeader(head, feed, again);
  const offline = createOfflineNotice(head, feed);
  /** Begun when the directory has said of which kind it is. @type {(() => void) | undefined} */
  let elsewhere;
  const ends = [() => elsewhere?.(), newer(head, feed), caution(head, feed.bus.session), footer(bottom, feed), remove];
  const place = { identity, vitals, span, board };
  setName(`${feed.board} · ${location.hostname}`);
  /** Of the page that is shown; "" while it is said that there is no board. @type {string | undefined} */
  let kind;
  let unmount = () => {};
  const clear = () => {
    unmount();
    unmount = () => {};
    clearHeader();
    for (const element of [span, board]) element.replaceChildren();
  };
  /** @param {string} wanted */
  const open = async (wanted) => {
    kind = wanted;
    try {
      const { mount } = await pageOf(wanted);
      if (kind !== wanted) return;
      clear();
      unmount = mount(place, feed, directory);
    } catch (error) {
      if (kind === wanted) board.replaceChildren(createFault(error));
    }
  };
  const show = () => {
    const info = directory.of(feed.board);
    feed.health = info?.health;
    name(info?.title ?? feed.board);
    offline.show();
    const known = info?.kind ?? (feed.board === HOME ? HOME : undefined);
    feed.missing = known === undefined && directory.boards !== undefined;
    // The server refuses to tell of a board that is not there; and before it is known how it stands with one, it would pass for live.
    if (known !== undefined) feed.start();
    if (info !== undefined) elsewhere ??= createElsewhere(head, feed.board, directory);
    if (known !== undefined && known !== kind) void open(known);
    else if (directory.boards && kind === undefined) {
      kind = "";
      board.replaceChildren(createNote(`There is no board “${feed.board}” now. As soon as there is, it is shown here.`));
    }
  };
  ends.push(directory.listen(show));
  show();
  return () => {
    kind = undefined;
    clear();
    for (const end of ends) end();
  };
}

/** @param {string} text @param {...HTMLElement} more */
function createNote(text, ...more) {
  return h("section", { class: "card wide-card", "aria-label": "No figures" }, h("p", { text }), ...more);
}

/** After an upgrade the files of before are not there any more. @param {unknown} error */
function createFault(error) {
  reportError(error);
  dispatchEvent(new Event("pulseboard-missing"));
  return createNote("The page of this board did not load.", createButton("Reload", () => location.reload()));
}

/** @param {HTMLElement} page @param {string} id @returns {HTMLElement} */
function part(page, id) {
  const element = page.querySelector(`#${id}`);
  if (!(element instanceof HTMLElement)) throw new Error(`the page has no #${id}`);
  return element;
}
