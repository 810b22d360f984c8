import { Ends } from "../lib/card.js";
import { h, setHidden, setText } from "../lib/dom.js";

/**
 * @template T
 * @typedef {[name: string, text: (of: T) => string, hint: string]} Reading text: empty for what there is not, which is not shown
 */

/**
 * Names and what they say, side by side. What says nothing is hidden, and all of it where nothing says anything: a wall of what is not known tells nobody anything.
 *
 * @template T
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 * @param {{ kind: string, read: (state: any) => T | undefined, figures: Reading<T>[] }} options kind: what classes begin with
 */
export function createReadings(feed, { kind, read, figures }) {
  const ends = new Ends();
  const rows = figures.map(([name, text, hint]) => {
    const value = h("dd", { class: `${kind}-figure` });
    const row = h("div", { class: "reading", hidden: "" }, h("dt", { text: name, title: hint }), value);
    ends.add(feed.watch((state) => said(read(state), text), (now) => {
      setText(value, now);
      setHidden(row, now === "");
    }));
    return row;
  });
  const element = h("dl", { class: `readings ${kind}-figures`, hidden: "" }, ...rows);
  ends.add(feed.watch((state) => figures.every(([, text]) => said(read(state), text) === ""), (isSilent) => setHidden(element, isSilent)));
  return { element, remove: ends.run };
}

/** @template T @param {T | undefined} of @param {(of: T) => string} text */
function said(of, text) {
  return of === undefined ? "" : text(of);
}
