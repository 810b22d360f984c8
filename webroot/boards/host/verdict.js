import { sourceOf } from "../../lib/board-address.js";
import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";

/** The board that judges the others of its machine. */
const ALERTS = "alerts";
/** Each level by a sign as well: colours alone are not for everyone. @type {Record<string, string>} */
const SIGNS = { ok: "✓", warning: "!", critical: "‼" };

/**
 * Is this machine well: one sentence above the cards, worst first. Not there where nothing is judged, or whoever looks may not see it.
 * @param {HTMLElement} element
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {import("../../lib/directory.js").Directory} directory
 * @returns {() => void} unmounts
 */
export function mount(element, feed, directory) {
  const sign = h("span", { class: "verdict-sign", "aria-hidden": "true" });
  const text = h("span");
  const line = h("p", { class: "verdict", role: "status", hidden: "" }, sign, text);
  element.append(line);
  if (sourceOf(feed.board) !== "") return () => line.remove(); // It is judged there.
  const alerts = feed.sibling(ALERTS);
  const show = () => {
    const isThere = directory.of(alerts.board) !== undefined && alerts.bus.session.mayRead(alerts.board);
    if (isThere) alerts.start();
    else alerts.stop();
    setHidden(line, !isThere || !Object.hasOwn(SIGNS, level()));
  };
  const level = () => String(alerts.state?.verdict?.level);
  const ends = [
    directory.listen(show),
    alerts.bus.session.listen(show),
    alerts.watch((state) => state.verdict, (verdict) => {
      setAttribute(line, "data-level", verdict?.level);
      setText(sign, SIGNS[String(verdict?.level)] ?? "");
      setText(text, verdict?.text ?? "");
      show();
    }),
  ];
  show();
  return () => {
    for (const end of ends) end();
    alerts.stop();
    line.remove();
  };
}
