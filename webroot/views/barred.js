import { createButton, openDoor } from "../lib/full-page-card.js";
import { h } from "../lib/dom.js";
import { leave } from "../lib/leave.js";

/**
 * Somebody who is known, and whose scopes do not include the board of this page.
 * @param {HTMLElement} page
 * @param {import("../lib/session.js").Session} session
 * @param {string} board
 * @param {(why?: string) => void} again
 */
export function mount(page, session, board, again) {
  const { card, end } = openDoor(page, "Nothing to see here");
  const who = session.who?.name ?? "you";
  const trouble = h("p", { class: "fault", role: "alert" });
  card.append(h("p", { text: `You are signed in as ${who}, and that may not see the board “${board}”, which this page shows.` }), trouble);
  if (session.who?.canSignOut) card.append(createButton("Sign out", () => void leave(again, trouble), "full"));
  return end;
}
