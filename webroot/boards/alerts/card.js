import { h, setText } from "../../lib/dom.js";
import { troubleOf } from "./words.js";

/** The frame of a part of the page. @param {HTMLElement} card @param {string} name @param {string} title @param {...HTMLElement} head */
export function fillCard(card, name, title, ...head) {
  const id = `alerts-${name}-title`;
  const heading = h("h2", { id, text: title });
  card.setAttribute("aria-labelledby", id);
  const body = h("div", { class: "card-body" });
  card.append(h("div", { class: "card-head" }, h("div", { class: "card-name" }, heading), ...head), body);
  return body;
}

/** A button that does something at the server, and a place that says what came of it. @param {string} text @param {() => Promise<string | void>} work what it says is shown @param {string} [label] where the text alone does not say of what */
export function createDoer(text, work, label) {
  const said = h("span", { class: "alert-said quiet", role: "status" });
  const button = h("button", { type: "button", text, "aria-label": label && `${text}: ${label}` });
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    button.disabled = true;
    said.classList.remove("fault");
    setText(said, "…");
    try {
      setText(said, await work() ?? "");
    } catch (error) {
      said.classList.add("fault");
      setText(said, troubleOf(error));
    }
    button.disabled = false;
  });
  return { button, said };
}
