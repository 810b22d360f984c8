import { request } from "../../lib/api.js";
import { h } from "../../lib/dom.js";
import { own } from "../../lib/merge-patch.js";
import { createBadge } from "../../ui/badge.js";
import { openDrawer } from "../../ui/drawer.js";
import { createDoer } from "./card.js";
import { askForChanges } from "./rule-form.js";
import { originText, written } from "./rule-words.js";

/**
 * @typedef {import("./acts.js").Acts} Acts
 * @typedef {import("./rule-words.js").Rule} Rule
 */

/** @type {[keyof Rule, string][]} */
const FACTS = [["watch", "Watches"], ["of", "Divided by"], ["mean", "Mean of"], ["info", "Worth knowing"], ["warning", "Warning"], ["critical", "Critical"], ["unless", "Unless"],
  ["text", "Says"], ["help", "What to do"], ["repeat", "Told again"], ["route", "Route"]];

/**
 * All about one rule, and what can be done with it.
 * @param {string} name
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {Acts} acts
 * @param {boolean} isBrought whether a board has one of this name
 */
export async function openRule(name, feed, acts, isBrought) {
  // The board says it in short; the rest is asked for.
  const { rules } = acts.has("rules") ? await request(acts.pathOf("rules")).catch(() => ({})) : { rules: {} };
  const rule = /** @type {Rule} */ (own(rules, name) ?? own(feed.state?.rules, name) ?? {});
  const isOn = rule.enabled !== false;
  const facts = FACTS.flatMap(([key, title]) => rule[key] ? [h("div", {}, h("dt", { text: title }), h("dd", { text: String(rule[key]) }))] : []);
  const from = h("div", {}, h("dt", { text: "From" }), h("dd", { text: originText(rule) }));
  const close = openDrawer(name, [
    createBadge(isOn ? "ok" : "off", isOn ? "on" : "off").element, h("dl", { class: "rule-facts" }, ...facts, from),
    ...waysOf(name, rule, isBrought, feed, acts, () => close())]);
}

/** @param {string} name @param {Rule} rule @param {boolean} isBrought @param {import("../../lib/live-feed.js").LiveFeed} feed @param {Acts} acts @param {() => void} close */
function waysOf(name, rule, isBrought, feed, acts, close) {
  if (!acts.may("save-rule")) return [];
  if (rule.from !== "board" && rule.from !== "page") return [h("p", { class: "quiet", text: `It is changed in the file ${rule.from ?? ""}, and counts within seconds.` })];
  const isOn = rule.enabled !== false;
  const save = (/** @type {object} */ body) => async () => {
    await acts.act("save-rule", { name, rule: body });
    close();
  };
  const all = rule.from === "page" ? written(rule) : {};
  const toggle = createDoer(isOn ? "Switch off" : "Switch on", save({ ...all, enabled: !isOn }), name);
  const change = h("button", { type: "button", text: "Change", "aria-label": `Change: ${name}` });
  change.addEventListener("click", () => {
    close();
    askForChanges(feed, acts, name, rule);
  });
  const remove = createDoer(isBrought ? "Undo changes" : "Delete", async () => {
    await acts.act("delete-rule", { name });
    close();
  }, name);
  remove.button.classList.add("danger");
  const removable = rule.from === "page" && acts.may("delete-rule") ? [remove.button, remove.said] : [];
  return [h("div", { class: "alert-acts" }, toggle.button, change, ...removable, toggle.said)];
}
