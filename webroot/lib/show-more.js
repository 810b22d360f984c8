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
  let visible = few;
  let note = "";
  let open = false;
  const element = h("button", { type: "button", class: "more", hidden: "" });
  const update = () => {
    const rest = keys.length - visible;
    setHidden(element, rest <= 0);
    setAttribute(element, "aria-expanded", String(open));
    setAttribute(element, "data-rest", `and ${rest} more${note}`); // Where nobody can press it.
    setText(element, open ? `Show the first ${visible} only` : `Show all ${keys.length} ${what} (${rest} more${note})`);
    show(open ? keys : keys.slice(0, visible));
  };
  element.addEventListener("click", () => {
    open = !open;
    update();
  });
  /** @param {string[]} all @param {number} [first] how many of them are shown at first @param {string} [more] what the rest is, behind a comma */
  const offer = (all, first = few, more = "") => {
    keys = all;
    visible = first;
    note = more;
    update();
  };
  return { element, offer };
}
