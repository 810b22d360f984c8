import { isOfAnother } from "../../lib/board-address.js";
import { h } from "../../lib/dom.js";
import { byName, createRows } from "../../lib/rows.js";
import { mount as span } from "../../views/span.js";
import { createAccounts } from "./accounts.js";
import { createPast } from "./past.js";
import { createUploader } from "./uploader.js";

/** The uploaders, one card each, and the accounts that they upload by. @type {import("../../views/board.js").Mount} */
export function mount(place, feed) {
  place.identity.replaceChildren(h("h1", { text: "Uploads" }));
  const cards = h("div", { class: "uploads-cards wide-card" });
  const accounts = createAccounts(feed);
  const past = createPast(feed);
  place.board.append(cards, accounts.element, ...(isOfAnother(feed.board) ? [] : past.elements));
  const rows = createRows(cards, (name) => createUploader(feed, name));
  const ends = [
    span(place.span, feed),
    feed.watch((state) => Object.keys(state.uploaders ?? {}).sort(byName).join("\n"), (names) => rows.show(names ? names.split("\n") : [])),
    rows.clear,
    accounts.remove,
    past.remove,
  ];
  return () => {
    for (const end of ends) end();
  };
}
