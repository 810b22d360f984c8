import { change, Refusal } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { mayAct } from "../../lib/scopes.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

/** Where it is said what became of what somebody had done. */
export function createSaid() {
  const element = h("span", { class: "sync-said", role: "status" });
  return { element, say: (/** @type {string} */ text) => setText(element, text) };
}

/** @param {LiveFeed} feed @param {string} action @param {object} body @param {(text: string) => void} say */
export async function act(feed, action, body, say) {
  say("");
  try {
    return await change("POST", `api/boards/${feed.board}/actions/${action}`, body);
  } catch (error) {
    say(error instanceof Refusal ? (error.body.message ?? error.message) : String(error instanceof Error ? error.message : error));
    return undefined;
  }
}

/** A button for those who may. @param {string} text @param {string} label @param {() => void} pressed */
export function createAct(text, label, pressed) {
  const button = h("button", { type: "button", text, "aria-label": label });
  button.addEventListener("click", pressed);
  return button;
}

/** Hides it from those who may not. @param {LiveFeed} feed @param {HTMLElement} element @returns {() => void} */
export function forOperators(feed, element) {
  const { session } = feed.bus;
  const show = () => setHidden(element, !mayAct(session.who?.scopes ?? [], feed.board));
  show();
  return session.listen(show);
}
