import { h } from "../lib/dom.js";

/** What is chosen comes from the board: it may be a value that is not among the usual ones. @param {(value: string) => void} choose */
export function createChoice(choose) {
  const element = h("select");
  let shown = "";
  element.addEventListener("change", () => choose(element.value));
  /** @param {string} value @param {string[]} usual @param {(value: string) => string} text */
  const show = (value, usual, text) => {
    const all = usual.includes(value) ? usual : [value, ...usual];
    const options = all.map(text).join("\n");
    if (options !== shown) element.replaceChildren(...all.map((each) => h("option", { value: each, text: text(each) })));
    shown = options;
    element.value = value;
  };
  return { element, show };
}
