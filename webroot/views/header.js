import { sourceOf } from "../lib/board-address.js";
import { h, setText } from "../lib/dom.js";
import { createButton } from "../lib/full-page-card.js";
import { createThemeButton } from "../lib/theme-button.js";
import { mountAccount } from "./account.js";
import { mountConnection } from "./connection.js";

/**
 * What is shown, until its page says it better, how well the page is connected to it, and who is signed in.
 * @param {HTMLElement} element
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 * @param {(why?: string) => void} again looks anew who is signed in
 */
export function createHeader(element, feed, again) {
  const source = sourceOf(feed.board);
  const title = h("h1", { text: feed.board });
  const plain = [title, h("p", { class: "facts", text: `${source && `of ${source}, by `}Pulseboard at ${location.host}` })];
  const identity = h("div", { class: "identity" }, ...plain);
  const vitals = h("div", { class: "page-vitals" });
  const connection = h("div", { class: "connection" });
  const account = h("div", { class: "account-place" });
  const theme = createThemeButton();
  const help = createButton("?", () => dispatchEvent(new Event("pulseboard-help")), "help-button");
  help.title = "Help and keys (?)";
  help.setAttribute("aria-label", "Help and keys");
  element.append(identity, h("div", { class: "vitals" }, vitals, connection, account, help, theme.element));
  const ends = [mountConnection(connection, feed), mountAccount(account, feed.bus.session, again), theme.remove];
  const remove = () => {
    for (const end of ends) end();
    element.replaceChildren();
  };
  const clear = () => {
    identity.replaceChildren(...plain);
    vitals.replaceChildren();
  };
  return { identity, vitals, clear, remove, name: (/** @type {string} */ text) => setText(title, text) };
}
