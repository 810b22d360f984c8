import { createButton } from "../lib/full-page-card.js";
import { h } from "../lib/dom.js";

const OPEN = "Nobody has to sign in here: whoever can reach this page sees everything.";
const KEY = "pulseboard.caution";

/**
 * What whoever looks should know about who may look, until they put it away for this tab.
 * @param {HTMLElement} element
 * @param {import("../lib/session.js").Session} session
 * @returns {() => void} unmounts
 */
export function mount(element, session) {
  const notice = h("div", { class: "caution", role: "status" });
  element.append(notice);
  const show = () => {
    const text = session.trouble || (session.who?.isOpen && !isPutAway() ? OPEN : "");
    notice.replaceChildren();
    if (text) notice.append(h("span", { text }), createButton("Dismiss", text === OPEN ? dismiss : forget));
  };
  const dismiss = () => {
    putAway();
    show();
  };
  const forget = () => {
    session.trouble = "";
    show();
  };
  const stop = session.listen(show);
  return () => {
    stop();
    notice.remove();
  };
}

let isAway = false;

function isPutAway() {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return isAway;
  }
}

function putAway() {
  isAway = true;
  try {
    sessionStorage.setItem(KEY, "dismissed");
  } catch {
    // A private window: it stays away as long as the page.
  }
}
