import { change, Refusal } from "../lib/api.js";
import { h, setHidden, setText } from "../lib/dom.js";
import { mayAct } from "../lib/scopes.js";

/** @typedef {import("../lib/live-feed.js").LiveFeed} LiveFeed */

/**
 * Has the board do something; what it refuses is said where `said` is.
 * @param {LiveFeed} feed @param {string} action @param {object} body @param {HTMLElement} said
 * @returns {Promise<any>} what it answers, undefined if it refuses
 */
export async function act(feed, action, body, said) {
  setText(said, "");
  try {
    return await change("POST", `api/boards/${feed.board}/actions/${action}`, body);
  } catch (error) {
    setText(said, error instanceof Refusal ? (error.body.message ?? error.message) : String(error instanceof Error ? error.message : error));
    return undefined;
  }
}

/** Shows an element to those only who may act. @param {LiveFeed} feed @param {HTMLElement} element @returns {() => void} */
export function forActors(feed, element) {
  const { session } = feed.bus;
  const show = () => setHidden(element, !mayAct(session.who?.scopes ?? [], feed.board));
  show();
  return session.listen(show);
}

/** @param {string} text @param {() => void} act @param {string} [label] */
export function button(text, act, label) {
  const element = h("button", { type: "button", text, "aria-label": label });
  element.addEventListener("click", act);
  return element;
}

/** A choice of words. @param {string} label @param {string[]} words @param {(word: string) => void} [chosen] */
export function choice(label, words, chosen) {
  const element = h("select", { "aria-label": label }, ...words.map((word) => h("option", { value: word, text: word.replaceAll("_", " ") })));
  if (chosen) element.addEventListener("change", () => chosen(element.value));
  return element;
}

/** What was said. */
export function createSaid() {
  return h("span", { class: "lab-said", role: "status" });
}
