import { createButton } from "./full-page-card.js";
import { h, setText } from "./dom.js";
import { day, moment } from "./format.js";
import { inWords } from "./scopes.js";

/**
 * @typedef {{ id: string, label: string, user?: string, scopes?: string[], createdAt: number, expiresAt?: number,
 *   isThis: boolean }} Token
 */

const SESSION = "session";

/** @param {Token} token */
export function isSession({ label }) {
  return label === SESSION;
}

/** @param {Token} token @param {string} me whose name need not be said */
export function describe(token, me) {
  return [
    token.user !== undefined && token.user !== me && `of ${token.user}`,
    !isSession(token) && inWords(token.scopes),
    `made ${day(token.createdAt)}`,
    token.expiresAt === undefined ? "no end" : `ends ${day(token.expiresAt)}`,
  ].filter(Boolean).join(" · ");
}

/** @param {Token} token @param {string} me @param {(() => void) | undefined} revoke undefined if that is not allowed */
export function createRow(token, me, revoke) {
  const name = isSession(token) ? "Signed-in browser" : token.label;
  const head = h("div", { class: "token-head" }, h("strong", { text: name }));
  if (token.isThis) head.append(h("span", { class: "badge", text: "this browser" }));
  const title = [token.createdAt, token.expiresAt].map((at) => at && moment(at)).filter(Boolean).join(" – ");
  const row = h("li", { class: "token" }, h("div", {}, head, h("p", { class: "quiet", title, text: describe(token, me) })));
  if (revoke) row.append(createSureButton(isSession(token) ? "Sign out" : "Revoke", name, revoke));
  return row;
}

/** Asks once more, since a display would go dark. @param {string} text @param {string} what @param {() => void} revoke */
function createSureButton(text, what, revoke) {
  let asked = false;
  const button = createButton(text, () => {
    if (asked) revoke();
    asked = true;
    setText(button, `${text}?`);
    button.setAttribute("aria-label", `${text} ${what}? Press again to do it`);
    button.classList.add("danger");
  });
  button.setAttribute("aria-label", `${text} ${what}`);
  button.addEventListener("blur", () => {
    asked = false;
    setText(button, text);
    button.setAttribute("aria-label", `${text} ${what}`);
    button.classList.remove("danger");
  });
  return button;
}
