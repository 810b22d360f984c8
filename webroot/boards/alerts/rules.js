import { h, setHidden } from "../../lib/dom.js";
import { createButton } from "../../lib/full-page-card.js";
import { createTable } from "../../ui/table.js";
import { fillCard } from "./card.js";
import { askForRule } from "./rule-form.js";
import { openRule } from "./rule.js";
import { originText, problemText } from "./rule-words.js";

/**
 * @typedef {import("./rule-words.js").Rule} Rule
 * @typedef {import("./rule-words.js").Problem} Problem
 */

/** By what all this is judged. @type {import("./board.js").Part} */
export function mountRules(card, feed, directory, acts) {
  const make = createButton("New rule", () => askForRule(feed, acts));
  const faults = h("ul", { class: "faults", "aria-label": "What is wrong with rules" });
  const isBrought = (/** @type {string} */ name) => Object.values(directory.boards ?? {}).some((board) => /** @type {any} */ (board).rules?.some((/** @type {any} */ one) => one.name === name));
  const table = createTable({
    caption: "Rules", what: "rules", name: "alerts-rules", few: 12, order: { column: "name", isDown: false }, open: (name) => void openRule(name, feed, acts, isBrought(name)),
    columns: [
      { key: "name", name: "Rule", text: (_, name) => name },
      { key: "on", name: "State", text: ({ enabled }) => enabled === false ? "off" : "on", state: ({ enabled }) => enabled === false ? "off" : "ok" },
      { key: "watch", name: "Watches", text: ({ watch }) => watch, isWide: true },
      { key: "warning", name: "Warning", text: ({ warning, info }) => warning ?? (info && `worth knowing ${info}`), isWide: true },
      { key: "critical", name: "Critical", text: ({ critical }) => critical, isWide: true },
      { key: "from", name: "From", text: originText },
    ],
  });
  fillCard(card, "rules", "Rules", make).append(faults, table.element);
  const ends = [
    feed.watch((state) => state?.rules, (rules) => {
      setHidden(card, rules === undefined);
      table.show(/** @type {Record<string, Rule>} */ (rules ?? {}));
    }),
    feed.watch((state) => state?.problems, (problems) => {
      const all = /** @type {Problem[]} */ (Object.values(problems ?? {}));
      setHidden(faults, all.length === 0);
      faults.replaceChildren(...all.map((problem) => h("li", { text: problemText(problem) })));
    }),
    acts.listen(() => setHidden(make, !acts.may("save-rule"))),
  ];
  return () => {
    for (const end of ends) end();
  };
}
