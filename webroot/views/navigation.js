import { addressOf } from "../lib/board-address.js";
import { h } from "../lib/dom.js";
import { byName, createRows } from "../lib/rows.js";

/** Shown by the page of this machine, which is where the first link leads. */
const AT_HOME = ["host", "processes"];
const DIRECTORY = "boards";

/**
 * Links to all boards that the directory has. Where there are none but those of this machine's page, there is no navigation.
 * @param {HTMLElement} element
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 * @param {string} [current] the board that is shown; the page of this machine if there is none
 */
export function mount(element, feed, current) {
  if (!feed.bus.session.mayRead(DIRECTORY)) return () => {};
  const list = h("ul");
  const nav = h("nav", { class: "boards", "aria-label": "Boards", hidden: "" }, list);
  element.after(nav);
  const isShown = feed.board === DIRECTORY;
  const directory = isShown ? feed : feed.sibling(DIRECTORY);
  const rows = createRows(list, (id) => {
    const link = h("a", { href: id === "" ? "#" : addressOf(id), "aria-current": id === (current ?? "") ? "page" : undefined });
    const stop = id === "" ? () => {} : directory.watch((state) => state[id]?.title ?? id, (title) => link.textContent = title);
    if (id === "") link.textContent = "This machine";
    return { element: h("li", {}, link), remove: stop };
  });
  const stop = directory.watch((state) => state, (state) => {
    const others = Object.keys(state).filter((id) => !AT_HOME.includes(id) && id !== DIRECTORY).sort(byName);
    nav.hidden = others.length === 0 && current === undefined;
    rows.show(["", ...others]);
  });
  if (!isShown) directory.start();
  // Before it is known who looks, everybody may.
  const leave = feed.bus.session.listen(() => feed.bus.session.mayRead(DIRECTORY) || isShown || directory.stop());
  return () => {
    leave();
    stop();
    rows.clear();
    if (!isShown) directory.stop();
    nav.remove();
  };
}
