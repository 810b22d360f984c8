import { createButton } from "../lib/full-page-card.js";
import { h } from "../lib/dom.js";

let count = 0;

/**
 * Details of one thing, at the side of the page (at the bottom of a phone), over what they belong to. The focus goes in, stays in while it is
 * open, and goes back to where it was; Escape, the button and a press beside it close it.
 * @param {string} title chosen by others: text only
 * @param {Node[]} content
 * @param {() => void} [closed]
 * @returns {() => void} closes it
 */
export function openDrawer(title, content, closed) {
  const opener = document.activeElement;
  const id = `drawer-${++count}`;
  const dialog = h("dialog", { class: "drawer", "aria-labelledby": id });
  const body = h("div", { class: "drawer-body", tabindex: "0" }, ...content); // So that keys can scroll it.
  dialog.append(h("div", { class: "dialog-head" }, h("h2", { id, text: title }), createButton("Close", () => dialog.close())), body);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // The ground behind it.
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus();
    closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.close();
}
