import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { createBadge } from "../../ui/badge.js";

/**
 * Marks something by what is said of it: colour by an attribute, sign and word by a badge, and the whole sentence.
 * @param {import("./alerts.js").Alerts} alerts
 * @param {HTMLElement} element gets `data-level`
 * @param {string[][]} paths what of the board it shows
 * @returns {{ badge: HTMLElement, remove: () => void }}
 */
export function markLevel(alerts, element, ...paths) {
  const { element: badge, show: showBadge } = createBadge();
  const why = h("span", { class: "visually-hidden" });
  badge.classList.add("level-badge");
  badge.append(why);
  const show = () => {
    const mark = alerts.of(...paths);
    setAttribute(element, "data-level", mark?.level);
    setHidden(badge, !mark);
    if (!mark) return;
    showBadge(mark.level);
    setText(why, `: ${mark.texts.join("; ")}`);
    setAttribute(badge, "title", mark.texts.join("\n"));
  };
  show();
  return { badge, remove: alerts.listen(show) };
}
