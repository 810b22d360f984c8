import { h } from "../../lib/dom.js";
import { createField, openForm } from "./form.js";
import { createPreview } from "./preview.js";
import { changed, columnOf } from "./rule-words.js";

/**
 * @typedef {import("./acts.js").Acts} Acts
 * @typedef {import("./rule-words.js").Rule} Rule
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 */

const EXAMPLE = "host:memory.usedPercent above 90 for 5m";

/** A rule of one's own, in one line. @param {LiveFeed} feed @param {Acts} acts */
export function askForRule(feed, acts) {
  const name = h("input", { required: "", pattern: "[a-z0-9][a-z0-9\\-]{0,62}", maxlength: "63", autocomplete: "off", spellcheck: "false", title: "lower-case letters, digits and hyphens" });
  const line = h("input", { class: "rule-line", required: "", maxlength: "2000", autocomplete: "off", spellcheck: "false", autocapitalize: "off", placeholder: EXAMPLE });
  const preview = createPreview(feed, acts, () => line.value.trim() === "" ? undefined : { asked: { line: line.value }, watch: line.value.trim().split(/\s/)[0] ?? "", line: line.value });
  if (acts.may("preview")) line.addEventListener("input", preview.later);
  openForm({
    title: "New rule", verb: "Save", closed: preview.end,
    fields: [createField("Name", name, "lower-case letters, digits and hyphens"),
      createField("What it watches, and when it fires", line, `BOARD:PATH, then above, below, is, present, absent, rises or changes; then for, clear, unless and severity, such as ${EXAMPLE}`), preview.element],
    submit: () => acts.act("save-rule", { name: name.value, line: line.value }),
    failed: (error) => point(line, error),
  });
}

/** Other limits or words for a rule, by its name. @param {LiveFeed} feed @param {Acts} acts @param {string} name @param {Rule} rule */
export function askForChanges(feed, acts, name, rule) {
  const input = (/** @type {string} */ value = "") => h("input", { class: "rule-line", maxlength: "2000", autocomplete: "off", spellcheck: "false", autocapitalize: "off", value });
  const inputs = /** @type {Record<string, HTMLInputElement>} */ (rule.info
    ? { when: input(rule.info), text: input(rule.text), help: input(rule.help) }
    : { warn: input(rule.warning), alarm: input(rule.critical), text: input(rule.text), help: input(rule.help) });
  /** @type {Record<string, [string, string]>} */
  const titles = {
    when: ["Worth knowing", "from when on, such as above 8 for 5m"],
    warn: ["Warning", "from when on, such as above 85 for 10m clear 80; empty: never"],
    alarm: ["Critical", "the same for the worse level; empty: never"],
    text: ["What is said", "{{key}}, {{value}} and {{for}} are filled in"],
    help: ["What to do", ""],
  };
  const body = () => changed(rule, Object.fromEntries(Object.entries(inputs).map(([key, { value }]) => [key, value])));
  const preview = createPreview(feed, acts, () => ({ asked: { rule: { ...body(), name } }, watch: rule.watch ?? "" }));
  if (acts.may("preview")) {
    for (const each of Object.values(inputs)) each.addEventListener("input", preview.later);
    preview.later();
  }
  openForm({
    title: `Change ${name}`, about: rule.watch, verb: "Save", closed: preview.end,
    fields: [...Object.entries(inputs).map(([key, each]) => createField(titles[key]?.[0] ?? key, each, titles[key]?.[1])), preview.element],
    submit: () => acts.act("save-rule", { name, rule: { ...body(), enabled: true } }),
  });
}

/** Puts the cursor where what is wrong begins. @param {HTMLInputElement} line @param {unknown} error */
function point(line, error) {
  const column = columnOf(/** @type {any} */ (error).body?.message ?? "");
  if (column === undefined) return;
  line.focus();
  line.setSelectionRange(column, line.value.length);
}
