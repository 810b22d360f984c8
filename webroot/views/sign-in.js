import { base, address, change, isElsewhere, Refusal } from "../lib/api.js";
import { createButton, openDoor } from "../lib/full-page-card.js";
import { h, setText } from "../lib/dom.js";
import { onWake } from "../lib/wake.js";

/** @typedef {import("../lib/session.js").Session} Session */

const ANSWERED_WITHIN_MS = 4_000;

/**
 * Lets people in, instead of the figures. Nothing is asked of the server until somebody does something.
 * @param {HTMLElement} page
 * @param {Session} session
 * @param {string} why this is shown
 * @param {() => void} again
 * @returns {() => void} unmounts
 */
export function mount(page, session, why, again) {
  const { card, end } = openDoor(page, "Sign in");
  const trouble = h("p", { class: "fault", role: "alert" });
  card.append(trouble, ...ways(session, trouble, again));
  card.querySelector("input")?.focus();
  setText(trouble, session.trouble || why);
  session.trouble = "";
  const sleep = onWake(() => void session.check(ANSWERED_WITHIN_MS).then(again, () => {})); // In another tab, perhaps.
  return () => {
    sleep();
    end();
  };
}

/** @param {Session} session @param {HTMLElement} trouble @param {() => void} again @returns {HTMLElement[]} */
function ways(session, trouble, again) {
  const { password, oidc } = session.ways;
  if (isElsewhere) return [elsewhere()];
  const other = oidc && h("a", { class: "button full", href: address(oidc.start).href, text: `Sign in with ${oidc.name}` });
  if (password !== false) return [createForm(trouble, again), ...(other ? [other] : [])];
  return other ? [other] : [nobodyYet(), createButton("Try again", again, "full")];
}

/** Browsers keep the cookie of a server from pages of other origins. */
function elsewhere() {
  const way = h("a", { href: base.href, text: base.href });
  return h("p", {}, `This page comes from ${location.origin}, where nobody can sign in to ${base.origin}. Open its own page: `, way);
}

function nobodyYet() {
  return h("div", { class: "stack" },
    h("p", { text: "Nobody can sign in yet. Make the first user on the server:" }),
    h("code", { class: "command", text: "pulseboard user add NAME --role admin" }));
}

/** @param {string} label @param {import("../lib/dom.js").Properties} properties */
function createField(label, properties) {
  const input = h("input", { required: "", autocapitalize: "none", spellcheck: "false", ...properties });
  return { input, element: h("label", { class: "field" }, h("span", { text: label }), input) };
}

/** @param {HTMLElement} trouble @param {() => void} again */
function createForm(trouble, again) {
  const name = createField("Name", { name: "username", autocomplete: "username", maxlength: "64" });
  const password = createField("Password", { name: "password", type: "password", autocomplete: "current-password" });
  const button = h("button", { type: "submit", class: "primary full", text: "Sign in" });
  const form = h("form", { class: "stack", method: "post" }, name.element, password.element, button);
  const submit = async () => {
    hold(button, "Signing in…");
    try {
      await change("POST", "api/session", { name: name.input.value.trim(), password: password.input.value });
      again();
    } catch (error) {
      release(button, error instanceof Refusal ? error.waitSeconds : 0);
      setText(trouble, ""); // Said again, also when it is the same.
      setText(trouble, inWords(error));
      password.input.select();
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!button.disabled) void submit();
  });
  return form;
}

/** @param {HTMLButtonElement} button @param {string} text */
function hold(button, text) {
  button.disabled = true;
  setText(button, text);
}

/** Gives the button back as soon as the server would look at another attempt. @param {HTMLButtonElement} button @param {number} seconds */
function release(button, seconds) {
  if (seconds <= 0) {
    button.disabled = false;
    setText(button, "Sign in");
    return;
  }
  hold(button, `Wait ${seconds} s`);
  setTimeout(() => release(button, seconds - 1), 1000);
}

/** @param {unknown} error */
function inWords(error) {
  if (!(error instanceof Refusal)) return `Signing in did not work: ${error instanceof Error ? error.message : error}.`;
  const { status, waitSeconds, message } = error;
  const wait = waitSeconds > 0 ? ` The next attempt is possible in ${waitSeconds} s.` : "";
  if (status === 400 || status === 401) return `Name or password is wrong.${wait}`; // 400: nobody can have that name.
  if (status === 429) return `Too many attempts failed.${wait}`;
  if (status === 503) return `Too many are signing in at once.${wait}`;
  return `Signing in did not work: ${message}.`;
}
