import { createButton } from "./full-page-card.js";
import { h, setText } from "./dom.js";
import { offers } from "./scopes.js";

/** What the server takes as a label. */
const LABEL = "[A-Za-z0-9][A-Za-z0-9._@\\-]{0,63}";

/** @typedef {{ label: string, scopes: string[], days?: number }} Wish */

/**
 * Asks what a new token shall be for.
 * @param {readonly string[]} scopes of whoever makes it
 * @param {readonly string[]} boards
 * @param {(wish: Wish) => void} make
 */
export function createTokenForm(scopes, boards, make) {
  const label = h("input", { required: "", pattern: LABEL, maxlength: "64", autocomplete: "off", placeholder: "wall-display",
    title: "letters, digits and . _ @ -, beginning with a letter or digit" });
  const days = h("input", { type: "number", min: "1", max: "36500", step: "1", value: "365", placeholder: "never" });
  const boxes = offers(scopes, boards).map(({ scope, text }, index) => {
    const box = h("input", { type: "checkbox", value: scope });
    box.checked = index === 0;
    return { box, element: h("label", { class: "choice" }, box, text) };
  });
  const [first, ...others] = boxes;
  const update = () => {
    const all = first?.box.value.endsWith("*") === true && first.box.checked;
    for (const { box } of others) box.disabled = all;
    const isChosen = boxes.some(({ box }) => box.checked);
    first?.box.setCustomValidity(isChosen ? "" : "Choose what it may see.");
  };
  const form = h("form", { class: "stack new-token", method: "post" },
    h("h3", { text: "A new token, for a program or a display on a wall" }),
    h("div", { class: "fields" },
      h("label", { class: "field" }, h("span", { text: "Name" }), label),
      h("label", { class: "field days" }, h("span", { text: "Expires in (days)" }), days)),
    h("fieldset", {}, h("legend", { text: "Access" }), ...boxes.map(({ element }) => element)),
    h("button", { type: "submit", class: "primary", text: "Create token" }));
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = boxes.filter(({ box }) => box.checked && !box.disabled).map(({ box }) => box.value);
    make({ label: label.value, scopes: chosen, ...(days.value && { days: Number(days.value) }) });
  });
  update();
  return form;
}

/** The secret, this once. @param {string} secret */
export function showSecret(secret) {
  const link = `${location.origin}${location.pathname}#token=${secret}`;
  return h("div", { class: "stack secret" },
    h("p", { role: "status", text: "Copy it now: it is not shown again." }),
    copyable("Token", secret), copyable("Link that opens this page with it", link));
}

/** @param {string} name @param {string} text */
function copyable(name, text) {
  const input = h("input", { readonly: "", value: text, autocomplete: "off" });
  const button = createButton("Copy", async () => {
    input.select();
    setText(button, (await copy(text)) ? "Copied" : "Press Ctrl+C");
  });
  button.setAttribute("aria-live", "polite");
  return h("div", { class: "copyable" }, h("label", { class: "field" }, h("span", { text: name }), input), button);
}

/** Browsers give pages the clipboard by HTTPS and on localhost only. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
