import { createButton } from "../lib/door.js";
import { h, setText } from "../lib/dom.js";
import { leave } from "../lib/leave.js";
import { createMenu } from "../lib/menu.js";
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
    menu.element.open = false;
    close = openTokens(session, summary);
  });
  const out = createButton("Sign out", () => void leave(again, trouble));
  const menu = createMenu("account", summary, tokens, out, trouble);
  element.append(menu.element);
  element.hidden = true;
  const stop = session.listen(() => {
    setText(name, session.who?.name ?? "");
    out.hidden = !session.who?.canSignOut;
    element.hidden = session.who?.isOpen !== false;
  });
  return () => {
    menu.remove();
    stop();
    close?.();
  };
}
