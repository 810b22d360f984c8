import { base, request } from "./lib/api.js";
import { ask } from "./lib/api-try.js";
import { h } from "./lib/dom.js";
import { operations } from "./lib/openapi.js";
import { createThemeButton } from "./lib/theme-button.js";

const main = /** @type {HTMLElement} */ (document.getElementById("api"));

/** One thing that can be asked for, closed. @param {import("./lib/openapi.js").Operation} operation */
function section(operation) {
  const details = h("details", { class: "api-operation" },
    h("summary", {},
      h("span", { class: "api-method", "data-method": operation.method, text: operation.method }),
      h("code", { text: operation.path }),
      h("span", { class: "api-summary", text: operation.summary })));
  // What is closed is not made: there may be hundreds.
  details.addEventListener("toggle", () => details.childElementCount === 1 && details.append(content(operation)));
  return details;
}

/** @param {import("./lib/openapi.js").Operation} operation */
function content(operation) {
  /** @type {Map<string, HTMLInputElement | HTMLSelectElement>} */
  const inputs = new Map();
  const fields = operation.fields.map((field) => {
    const input = field.choices.length
      ? h("select", {}, ...["", ...field.choices].map((text) => h("option", { text })))
      : h("input", { placeholder: field.example, autocomplete: "off", spellcheck: "false" });
    inputs.set(field.name, input);
    return h("label", {}, h("span", { text: field.name + (field.required ? " *" : "") }), input,
      h("small", { text: field.description }));
  });
  const body = operation.example === undefined ? undefined
    : h("textarea", { rows: "6", spellcheck: "false", "aria-label": "Body, JSON" });
  if (body) body.value = operation.example ?? "";
  const output = h("div", { class: "api-output" });
  const send = h("button", { type: "submit", text: "Send" });
  const stop = h("button", { type: "button", text: "Stop", hidden: "" });
  const form = h("form", { class: "api-form" }, ...fields, ...(body ? [body] : []), send, stop);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const ending = new AbortController();
    const end = () => ending.abort();
    stop.addEventListener("click", end, { once: true });
    [send.hidden, stop.hidden] = [true, false];
    const values = new Map([...inputs].map(([name, input]) => [name, input.value.trim()]));
    await ask(operation, values, body?.value, output, ending.signal);
    stop.removeEventListener("click", end);
    [send.hidden, stop.hidden] = [false, true];
  });
  return h("div", { class: "api-content" },
    ...(operation.description ? [h("p", { text: operation.description })] : []),
    form, output,
    h("dl", { class: "api-statuses" }, ...operation.statuses.flatMap(({ status, description }) =>
      [h("dt", { text: status }), h("dd", { text: description })])));
}

/** Shows those whose path or words hold all that was typed. @param {HTMLInputElement} search @param {[import("./lib/openapi.js").Operation, HTMLElement][]} all */
function filter(search, all) {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const [{ method, path, summary }, element] of all) {
    const text = `${method} ${path} ${summary}`.toLowerCase();
    element.hidden = !words.every((word) => text.includes(word));
  }
}

async function begin() {
  try {
    const all = operations(await request("api/openapi.json"));
    const sections = all.map((each) => /** @type {[typeof each, HTMLElement]} */ ([each, section(each)]));
    const search = h("input", { type: "search", placeholder: "Filter, such as history", "aria-label": "Filter" });
    search.addEventListener("input", () => filter(search, sections));
    main.replaceChildren(search, ...sections.map(([, element]) => element));
  } catch (error) {
    main.replaceChildren(
      h("p", { class: "fault", role: "alert", text: `The description cannot be read: ${/** @type {Error} */ (error).message}.` }),
      h("a", { href: base.href, text: "Open the page, and sign in there" }));
  }
}

document.getElementById("theme")?.append(createThemeButton().element);
void begin();
