import { change, request } from "../lib/api.js";
import { createButton } from "../lib/full-page-card.js";
import { h, setText } from "../lib/dom.js";
import { createTokenForm, showSecret } from "../lib/token-form.js";
import { createRow, isSession } from "../lib/token-row.js";

/** @typedef {import("../lib/token-row.js").Token} Token */

/**
 * A dialog with the tokens of whoever is signed in: which there are, revoke one, make one.
 * @param {import("../lib/session.js").Session} session
 * @param {HTMLElement} opener gets the focus back
 * @returns {() => void} closes it
 */
export function openTokens(session, opener) {
  const { name, scopes } = session.who ?? { name: "", scopes: [] };
  const list = h("ul", { class: "tokens" });
  const made = h("div");
  const fault = h("p", { class: "fault", role: "alert" });
  const form = h("div");
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "tokens-title" },
    h("div", { class: "dialog-head" }, h("h2", { id: "tokens-title", text: "Tokens and sessions" }), createButton("Close", () => dialog.close())),
    fault, list, form, made);

  /** Does it, shows how things are then, and says what went wrong. @param {() => Promise<unknown>} work */
  const attempt = async (work) => {
    setText(fault, "");
    made.replaceChildren();
    try {
      await work();
      show((await request("api/tokens")).tokens);
    } catch (error) {
      setText(fault, `That did not work: ${error instanceof Error ? error.message : error}.`);
      fault.scrollIntoView({ block: "nearest" });
    }
  };
  const show = (/** @type {Token[]} */ tokens) => {
    const isProgram = tokens.some((token) => token.isThis && !isSession(token));
    form.hidden = isProgram; // With a token of its own a display may neither make nor revoke others.
    const revoke = (/** @type {Token} */ { id }) => isProgram ? undefined : () => void attempt(() => change("DELETE", `api/tokens/${id}`));
    list.replaceChildren(...tokens.sort(order).map((token) => createRow(token, name, revoke(token))));
  };
  /** @type {string[]} */
  let boards = [];
  const showForm = () => form.replaceChildren(createTokenForm(scopes, boards, make));
  const make = async (/** @type {import("../lib/token-form.js").Wish} */ wish) => {
    await attempt(async () => {
      const { token } = await change("POST", "api/tokens", wish);
      showForm();
      made.replaceChildren(showSecret(token));
    });
    made.scrollIntoView({ block: "end" });
    made.querySelector("button")?.focus();
  };
  void attempt(async () => {
    boards = (await request("api/boards")).boards.map((/** @type {{ name: string }} */ { name: board }) => board);
    showForm();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}

/** This browser, then what was made by hand, then other browsers, the newest first. @param {Token} a @param {Token} b */
function order(a, b) {
  return Number(b.isThis) - Number(a.isThis) || Number(isSession(a)) - Number(isSession(b)) || b.createdAt - a.createdAt;
}
