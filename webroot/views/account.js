import { createButton } from "../lib/full-page-card.js";
import { h, setText } from "../lib/dom.js";
import { leave } from "../lib/leave.js";
import { createMenu } from "../lib/menu.js";

/** What the server calls whoever is on the machine itself, where nobody has to sign in. */
const LOCAL = "this machine";

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
  let isMounted = true;
  const openTokens = async () => {
    const module = await import("./tokens.js").catch(() => undefined); // Few ever want it.
    if (!isMounted) return;
    if (!module) return missing(trouble);
    menu.element.open = false;
    close = module.openTokens(session, summary);
  };
  const tokens = createButton("Tokens and sessions", () => void openTokens());
  const out = createButton("Sign out", () => void leave(again, trouble));
  const menu = createMenu("account", summary, tokens, out, trouble);
  element.append(menu.element);
  element.hidden = true;
  const stop = session.listen(() => {
    setText(name, session.who?.name === LOCAL ? "Not signed in" : session.who?.name ?? "");
    out.hidden = !session.who?.canSignOut;
    element.hidden = session.who?.isOpen !== false;
  });
  return () => {
    isMounted = false;
    menu.remove();
    stop();
    close?.();
  };
}

/** After an upgrade the files of before are not there any more. @param {HTMLElement} trouble */
function missing(trouble) {
  dispatchEvent(new Event("pulseboard-missing"));
  setText(trouble, "That part of the page did not load. Reload the page.");
}
