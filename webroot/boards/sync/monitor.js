import { h, setText } from "../../lib/dom.js";
import { bytes, moment } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { createProgress } from "../../ui/progress.js";
import { section } from "./overview.js";
import { eventText, nameOf } from "./words.js";

/** What is under way, and what happened. @type {import("./board.js").Part} */
export function mountMonitor(place, feed) {
  const none = h("p", { class: "quiet" });
  const transfers = h("div", { class: "sync-transfers" });
  const rows = createRows(transfers, (key) => createTransfer(feed, key));
  const events = h("ol", { class: "sync-list sync-events" });
  place.append(section("Under way", none, transfers), section("Events", events));
  const ends = [
    rows.clear,
    feed.watch((state) => Object.keys(state.transfers ?? {}).sort(byName).join("\n"), (keys) => {
      setText(none, keys ? "" : "Nothing is on its way.");
      rows.show(keys ? keys.split("\n") : []);
    }),
    feed.watch((state) => ({ events: state.events ?? {}, state }), ({ events: all, state }) => {
      const last = Object.entries(all).sort(([one], [other]) => (one < other ? 1 : -1));
      events.replaceChildren(...(last.length > 0 ? last : []).map(([, event]) =>
        h("li", {}, h("span", { class: "quiet", text: moment(event.at) }), h("bdi", { class: "sync-path", text: eventText(state, event) }))));
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** @param {import("../../lib/live-feed.js").LiveFeed} feed @param {string} key */
function createTransfer(feed, key) {
  const label = key.split(":").slice(2).join(":");
  const progress = createProgress(label);
  const remove = feed.watch((state) => ({ transfer: own(state.transfers, key), state }), ({ transfer, state }) => {
    if (!transfer) return;
    const { sizeBytes, doneBytes, wireBytes, phase, from, to } = transfer;
    progress.show({ share: sizeBytes === 0 ? 1 : doneBytes / sizeBytes, text: `${nameOf(state, from)} to ${nameOf(state, to)}: ${phase}, ${bytes(doneBytes)} of ${bytes(sizeBytes)} verified, ${bytes(wireBytes)} on the wire` });
  });
  return { element: progress.element, remove };
}
