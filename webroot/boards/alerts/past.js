import { address, request } from "../../lib/api.js";
import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { instant } from "../../lib/time.js";
import { createTable } from "../../ui/table.js";
import { createEventTimeline } from "../../ui/event-timeline.js";
import { fillCard } from "./card.js";
import { createField, createSelect } from "./form.js";
import { episodesOf, kindText } from "./transitions.js";
import { troubleOf } from "./words.js";

/** @typedef {import("./transitions.js").Transition} Transition */

const DAY = 86_400_000;
/** @type {[string, string][]} */
const SPANS = [["1", "last 24 hours"], ["7", "last 7 days"], ["30", "last 30 days"], ["365", "last year"], ["730", "last 2 years"]];
const MOST = "1000";
const LATER_MS = 400;

/** What became of alerts before. @type {import("./board.js").Part} */
export function mountPast(card, feed, _, acts) {
  const span = createSelect(SPANS, "7");
  const rule = h("input", { list: "alerts-past-rules", autocomplete: "off", spellcheck: "false", placeholder: "any" });
  const rules = h("datalist", { id: "alerts-past-rules" });
  const key = h("input", { autocomplete: "off", spellcheck: "false", placeholder: "any" });
  const csv = h("a", { text: "as CSV", download: "alerts.csv" });
  const fault = h("p", { class: "fault", role: "alert" });
  const timeline = createEventTimeline("Alerts, by rule");
  const table = createTable({
    caption: "What became of alerts", what: "changes", name: "alerts-past", few: 10, order: { column: "at", isDown: true }, empty: "Nothing happened in this time.",
    columns: [
      { key: "at", name: "Time", text: ({ at }) => instant(at, 0), value: ({ at }) => at, isNumber: true },
      { key: "kind", name: "What", text: ({ kind, maintenance }) => kindText(kind) + (maintenance ? ` (maintenance ${maintenance})` : ""), state: ({ kind, alert }) => stateOf(kind, alert?.level) },
      { key: "text", name: "Alert", text: ({ alert }) => alert?.text },
      { key: "rule", name: "Rule", text: ({ alert }) => alert?.rule, isWide: true },
      { key: "key", name: "Key", text: ({ alert }) => alert?.key, isWide: true },
    ],
  });
  fillCard(card, "past", "Past", csv).append(
    h("div", { class: "alert-filters" }, createField("Time", span), createField("Rule", rule), createField("Key", key)), rules, fault, timeline.element, table.element);
  const query = () => ({ rule: rule.value.trim(), key: key.value.trim(), from: `-${span.value}d`, limit: MOST });
  let round = 0;
  const load = async () => {
    if (!acts.has("transitions")) return;
    const asked = ++round;
    setAttribute(csv, "href", address(acts.pathOf("transitions", { ...query(), limit: "10000", format: "csv" })).href);
    try {
      const rows = /** @type {Transition[]} */ (await request(acts.pathOf("transitions", query())));
      if (asked !== round) return;
      setText(fault, "");
      setHidden(table.element, rows.length === 0); // The line above it says so.
      table.show(Object.fromEntries(rows.map((row, index) => [String(index), row])));
      const now = feed.serverTime;
      timeline.show(episodesOf(rows), now - Number(span.value) * DAY, now);
    } catch (error) {
      if (asked === round) setText(fault, troubleOf(error));
    }
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), LATER_MS);
  };
  span.addEventListener("change", () => void load());
  for (const input of [rule, key]) input.addEventListener("input", later);
  const ends = [
    acts.listen(() => {
      setHidden(card, !acts.has("transitions"));
      void load();
    }),
    // Another alert, or another state of one: then there is another row.
    feed.watch((state) => Object.entries(state?.alerts ?? {}).map(([id, { state: now, level, acknowledgedBy, unknown, flapping }]) => `${id}${now}${level}${acknowledgedBy}${unknown}${flapping}`).sort().join(), later),
    feed.watch((state) => Object.keys(state?.rules ?? {}).sort().join(), (names) => rules.replaceChildren(...names.split(",").map((value) => h("option", { value })))),
    () => clearTimeout(timer),
  ];
  return () => {
    round++;
    for (const end of ends) end();
  };
}

/** @param {string} kind @param {string} [level] */
function stateOf(kind, level) {
  if (kind === "resolved") return "ok";
  if (kind === "acknowledged") return "info";
  return kind === "expired" ? "off" : kind === "unknown" ? "unknown" : level ?? "unknown";
}
