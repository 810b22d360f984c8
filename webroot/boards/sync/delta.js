import { h, setText, setVariable } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { createKeyFigure, createKeyFigures } from "../../ui/key-figure.js";
import { section } from "./overview.js";
import { nameOf, saved } from "./words.js";

/** What had to be sent of what changed. @type {import("./board.js").Part} */
export function mountDelta(place, feed) {
  const size = createKeyFigure("size of what came");
  const wire = createKeyFigure("bytes on the wire");
  const reused = createKeyFigure("taken from what was there");
  const list = h("ul", { class: "sync-list sync-deltas" });
  const none = h("p", { class: "quiet" });
  place.append(createKeyFigures("Delta", size, wire, reused), section("The last files", none, list));
  return feed.watch((state) => ({ delta: state.delta, state }), ({ delta, state }) => {
    if (!delta) return;
    size.show(bytes(delta.sizeBytes), { note: `${number(delta.files)} files, since the coordinator was started` });
    wire.show(bytes(delta.wireBytes), { note: "both directions, TLS included" });
    reused.show(bytes(delta.reusedBytes));
    const last = Object.entries(delta.last ?? {}).sort(([one], [other]) => (one < other ? 1 : -1));
    setText(none, last.length === 0 ? "Nothing yet." : "");
    list.replaceChildren(...last.map(([, transfer]) => row(state, transfer)));
  });
}

/** @param {any} state @param {import("./words.js").Transfer} transfer */
function row(state, transfer) {
  const { path, node, from, kind, sizeBytes, wireBytes, reusedBytes = 0, milliseconds = 0 } = transfer;
  const share = sizeBytes === 0 ? 0 : Math.min(1, reusedBytes / sizeBytes);
  const way = kind === "copy" ? `copied on ${nameOf(state, node)}` : `${nameOf(state, from)} to ${nameOf(state, node)}`;
  const fill = h("i", {});
  setVariable(fill, "--share", share);
  const bar = h("div", { class: "sync-bar", role: "img", "aria-label": `${number(share * 100, 1)} percent was there already` }, fill);
  return h("li", {}, h("div", { class: "sync-row" }, h("bdi", { class: "sync-path", text: path }), h("span", { class: "quiet", text: `${way}, ${number(milliseconds)}\u202fms` })), bar,
    h("span", { class: "quiet", text: `${bytes(sizeBytes)}: ${bytes(reusedBytes)} were there, ${bytes(wireBytes)} on the wire, ${saved(transfer)}` }));
}
