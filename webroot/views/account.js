import { createButton } from "../lib/door.js";
import { h, setText } from "../lib/dom.js";
import { leave } from "../lib/leave.js";
import { openTokens } from "./tokens.js";

/**
 * Who is signed in, with a small menu. There is none where nobody is asked who they are.
 * @param {HTMLElement} element
 * @param {import("../lib/session.js").Session} session
 * @param {(why?: string) => void} again
 * @returns {() => void} unmounts
 */
export function mountAccount(element, session, again) {
  const name = h("span", { class: "account-name" });
  const summary = h("summary", { title: "Signed in as" }, name);
  const trouble = h("p", { class: "fault", role: "alert" });
  /** @type {(() => void) | undefined} */
  let close;
  const tokens = createButton("Tokens and sessions", () => {
    menu.open = false;
    close = openTokens(session, summary);
  });
  const out = createButton("Sign out", () => void leave(again, trouble));
  const menu = h("details", { class: "account" }, summary, h("div", { class: "account-menu" }, tokens, out, trouble));
  const closeMenu = (/** @type {Event} */ event) => {
    if (!menu.open || (event.target instanceof Node && menu.contains(event.target))) return;
    menu.open = false;
  };
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  for (const event of ["pointerdown", "focusin"]) document.addEventListener(event, closeMenu);
  element.append(menu);
  element.hidden = true;
  const stop = session.listen(() => {
    setText(name, session.who?.name ?? "");
    out.hidden = !session.who?.canSignOut;
    element.hidden = session.who?.isOpen !== false;
  });
  return () => {
    for (const event of ["pointerdown", "focusin"]) document.removeEventListener(event, closeMenu);
    stop();
    close?.();
  };
}
