import { h } from "./dom.js";

/**
 * A small menu below its button; it closes by Escape, and when somebody does something elsewhere.
 * @param {string} name of its class
 * @param {HTMLElement} summary
 * @param {...HTMLElement} items
 */
export function createMenu(name, summary, ...items) {
  const element = h("details", { class: `menu ${name}` }, summary, h("div", { class: "menu-panel" }, ...items));
  const close = (/** @type {Event} */ event) => {
    if (!element.open || (event.target instanceof Node && element.contains(event.target))) return;
    element.open = false;
  };
  element.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !element.open) return;
    element.open = false;
    summary.focus();
  });
  for (const event of ["pointerdown", "focusin"]) document.addEventListener(event, close);
  const remove = () => {
    for (const event of ["pointerdown", "focusin"]) document.removeEventListener(event, close);
  };
  return { element, remove };
}
