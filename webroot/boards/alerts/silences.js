import { h, setHidden, setText } from "../../lib/dom.js";
import { createRows } from "../../lib/rows.js";
import { instant } from "../../lib/time.js";
import { createDoer, fillCard } from "./card.js";

/** @typedef {{ rules?: string[], keys?: string[], boards?: string[], until?: number, at?: number, why?: string, by?: string }} Silence */

/** What nobody is told of for a while, and a way to end that. @type {import("./board.js").Part} */
export function mountSilences(card, feed, _, acts) {
  const list = h("ul", { class: "alert-list" });
  fillCard(card, "silences", "Silences").append(list);
  /** @type {Map<string, (silence: Silence) => void>} */
  const shows = new Map();
  const rows = createRows(list, (id) => {
    const what = h("span", { class: "row-name" });
    const more = h("span", { class: "quiet" });
    const end = createDoer("End", async () => void await acts.act("unsilence", { id }));
    const place = h("div", { class: "alert-acts" }, end.said, end.button);
    shows.set(id, (silence) => {
      setText(what, whatOf(silence));
      setText(more, moreOf(silence));
      end.button.setAttribute("aria-label", `End the silence: ${whatOf(silence)}`);
      setHidden(place, !acts.may("unsilence"));
    });
    return { element: h("li", { class: "alert silence" }, what, more, place), remove: () => shows.delete(id) };
  });
  const show = () => {
    const silences = /** @type {Record<string, Silence>} */ (feed.state?.silences ?? {});
    const ids = Object.keys(silences).sort((a, b) => (silences[a]?.until ?? 0) - (silences[b]?.until ?? 0));
    setHidden(card, ids.length === 0);
    rows.show(ids);
    for (const id of ids) shows.get(id)?.(silences[id] ?? {});
  };
  const ends = [feed.watch((state) => state?.silences, show), acts.listen(show), rows.clear];
  return () => {
    for (const end of ends) end();
  };
}

/** @param {Silence} silence */
function whatOf({ rules = [], keys = [], boards = [] }) {
  const parts = [list("the rule", "the rules", rules), list("for", "for", keys), list("of the board", "of the boards", boards)].filter(Boolean).join(" ");
  return rules.length > 0 ? parts : `all rules ${parts}`;
}

/** @param {string} one @param {string} more @param {string[]} all */
function list(one, more, all) {
  return all.length === 0 ? "" : `${all.length === 1 ? one : more} ${all.join(", ")}`;
}

/** @param {Silence} silence */
function moreOf({ until, by, why }) {
  return [until ? `until ${instant(until, 0)}` : "", by ? `by ${by}` : "", why ? `“${why}”` : ""].filter(Boolean).join(" · ");
}
