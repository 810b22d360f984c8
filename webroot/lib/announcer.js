import { h } from "./dom.js";

/** Long enough that what comes and goes, or comes in pairs, is one sentence. */
const SETTLED_AFTER_MS = 2_000;
const APART_MS = 15_000;

/**
 * Says politely, to those who do not see the page, that something else is the matter. Figures change each second and would drown everything:
 * only another `key` is a change.
 * @param {number} [settled] milliseconds
 */
export function createAnnouncer(settled = SETTLED_AFTER_MS) {
  const element = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  /** @type {string | undefined} */
  let told;
  let text = "";
  let wanted = "";
  let notBefore = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const say = () => {
    timer = undefined;
    if (wanted === told) return; // It was over before it was said.
    told = wanted;
    notBefore = performance.now() + APART_MS;
    element.textContent = text;
  };
  /** @param {string} key what is the matter @param {string} words the newest */
  const show = (key, words) => {
    told ??= key; // What was so from the start is on the page.
    [wanted, text] = [key, words];
    if (key !== told) timer ??= setTimeout(say, Math.max(settled, notBefore - performance.now()));
  };
  return { element, show, remove: () => clearTimeout(timer) };
}
