import { createButton } from "../../lib/full-page-card.js";
import { h, setText } from "../../lib/dom.js";
import { troubleOf } from "./words.js";

let count = 0;

/** A field with its name, and with more of it below. @param {string} name @param {HTMLElement} input @param {string} [hint] */
export function createField(name, input, hint) {
  const id = `field-${++count}`;
  if (hint) input.setAttribute("aria-describedby", id);
  return h("div", { class: "stack" }, h("label", { class: "field" }, h("span", { text: name }), input), ...(hint ? [h("p", { class: "quiet", id, text: hint })] : []));
}

/** One of several. @param {[value: string, text: string][]} options @param {string} [chosen] */
export function createSelect(options, chosen) {
  const select = h("select", {}, ...options.map(([value, text]) => h("option", { value, text })));
  if (chosen !== undefined) select.value = chosen;
  return select;
}

/**
 * A dialog that asks and then does something. The focus goes back to where it was, unless that is gone; what went wrong is said in it, and it stays.
 * @param {{ title: string, about?: string, fields: HTMLElement[], verb: string, submit: () => Promise<unknown>, failed?: (error: unknown) => void, closed?: () => void }} options
 *   title and about: may be chosen by others, text only
 */
export function openForm({ title, about = "", fields, verb, submit, failed, closed }) {
  const opener = document.activeElement;
  const id = `form-${++count}`;
  const fault = h("p", { class: "fault", role: "alert" });
  const button = h("button", { type: "submit", class: "primary", text: verb });
  const form = h("form", { class: "stack alert-form", method: "post" }, ...fields, fault, h("div", { class: "alert-acts" }, button));
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": id },
    h("div", { class: "dialog-head" }, h("h2", { id, text: title }), createButton("Cancel", () => dialog.close())), ...(about ? [h("p", { text: about })] : []), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return; // It is under way.
    button.disabled = true;
    setText(fault, "");
    try {
      await submit();
      dialog.close();
    } catch (error) {
      setText(fault, troubleOf(error));
      failed?.(error);
    }
    button.disabled = false;
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
    closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  const first = form.querySelector("input, select, textarea");
  if (first instanceof HTMLElement) first.focus();
  return () => dialog.close();
}
