import { h } from "./dom.js";
import { setName } from "./tab.js";

/**
 * One card alone on the page, for whoever does not see the figures.
 * @param {HTMLElement} page
 * @param {string} title
 * @returns {{ card: HTMLElement, end: () => void }}
 */
export function openDoor(page, title) {
  const board = /** @type {HTMLElement} */ (page.querySelector("#board"));
  const card = h("section", { class: "card door", "aria-labelledby": "door-title" },
    h("div", {}, h("h1", { id: "door-title", text: title }), h("p", { class: "quiet", text: `Pulseboard at ${location.host}` })));
  const label = board.getAttribute("aria-label") ?? "";
  setName(`${title} · ${location.hostname}`);
  page.dataset.door = "";
  board.setAttribute("aria-label", title);
  board.replaceChildren(card);
  const end = () => {
    delete page.dataset.door;
    board.setAttribute("aria-label", label);
    board.replaceChildren();
  };
  return { card, end };
}

/** @param {string} text @param {() => void} pressed @param {string} [look] */
export function createButton(text, pressed, look) {
  const button = h("button", { type: "button", class: look, text });
  button.addEventListener("click", pressed);
  return button;
}
