import { h, setAttribute, setHidden, setText } from "./dom.js";

/**
 * The first few of many, and a button for the rest.
 * @param {string} what
 * @param {number} few
 * @param {(keys: string[]) => void} show
 */
export function createMore(what, few, show) {
  /** @type {string[]} */
  let keys = [];
  let open = false;
  const element = h("button", { type: "button", class: "more", hidden: "" });
  const update = () => {
    setHidden(element, keys.length <= few);
    setAttribute(element, "aria-expanded", String(open));
    setText(element, open ? `Show the first ${few} only` : `Show all ${keys.length} ${what}`);
    show(open ? keys : keys.slice(0, few));
  };
  element.addEventListener("click", () => {
    open = !open;
    update();
  });
  /** @param {string[]} all */
  const offer = (all) => {
    keys = all;
    update();
  };
  return { element, offer };
}
