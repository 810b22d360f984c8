import { Ends } from "../../lib/card.js";
import { h, setHidden, setText, setVariable } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { instant } from "../../lib/time.js";
import { act, choice, createSaid, forActors } from "../../ui/act.js";
import { storedWords, videoWords } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Totals} Totals
 * @typedef {import("./words.js").Node} Node
 */

const CHOICES = ["auto", "replicated", "coded"];

/** What the videos take on the disks of the nodes, and as what they are kept. @param {LiveFeed} feed */
export function createStorage(feed) {
  const ends = new Ends();
  const said = createSaid();
  const sum = h("p", { class: "quiet" });
  const looked = h("p", { class: "quiet" });
  const videos = h("ul", { class: "lab-nodes" });
  const nodes = h("ul", { class: "lab-sources" });
  const [videoRows, nodeRows] = [createRows(videos, (id) => createVideo(feed, id, said)), createRows(nodes, (id) => createDisk(feed, id))];
  const keys = (/** @type {Record<string, unknown> | undefined} */ all) => Object.keys(all ?? {}).sort(byName).join("\n");
  ends.add(
    feed.watch((state) => /** @type {Totals} */ ({ ...state.totals }), (totals) => {
      setText(sum, storedWords(totals));
      setHidden(looked, totals.scrubbedAt === undefined);
      setText(looked, totals.scrubbedAt === undefined ? "" : `All of it was looked at last at ${instant(totals.scrubbedAt, 0)}. Found since the engine began: ${number(totals.damaged ?? 0)} damaged, ${number(totals.missing ?? 0)} missing, ${number(totals.repaired ?? 0)} put back.`);
    }),
    feed.watch((state) => keys(state.videos), (ids) => videoRows.show(ids ? ids.split("\n") : [])),
    feed.watch((state) => keys(state.nodes), (ids) => nodeRows.show(ids ? ids.split("\n") : [])),
    videoRows.clear, nodeRows.clear);
  const element = h("section", { class: "card wide-card", "aria-labelledby": "lab-storage" },
    h("div", { class: "card-head" }, h("h2", { id: "lab-storage", text: "Storage" }), said),
    h("div", { class: "card-body" }, sum, looked, videos, h("div", { class: "block" }, h("h3", { text: "What each node has on its disk" }), nodes)));
  return { element, remove: ends.run };
}

/** @param {LiveFeed} feed @param {string} id @param {HTMLElement} said */
function createVideo(feed, id, said) {
  const ends = new Ends();
  const title = h("h3", { text: id });
  const text = h("span", { class: "quiet" });
  const kept = choice(`How ${id} is kept`, CHOICES, (mode) => void act(feed, "redundancy", { video: id, mode }, said));
  const acts = h("span", { class: "lab-acts" }, kept);
  ends.add(forActors(feed, acts),
    feed.watch((state) => own(state.videos, id)?.title ?? id, (now) => setText(title, now)),
    feed.watch((state) => videoWords(own(state.videos, id), own(state.redundancy, id)), (now) => setText(text, now)),
    feed.watch((state) => own(state.redundancy, id)?.choice, (now) => {
      if (now && document.activeElement !== kept) kept.value = now;
    }));
  return { element: h("li", {}, title, text, acts), remove: ends.run };
}

/** Beside the fullest of them. @param {LiveFeed} feed @param {string} id */
function createDisk(feed, id) {
  const text = h("span", { class: "quiet" });
  const bar = h("i", { class: "lab-fill" });
  const used = (/** @type {Node | undefined} */ node) => node?.usedBytes ?? 0;
  const remove = feed.watch((state) => {
    const all = /** @type {Record<string, Node>} */ (state.nodes ?? {});
    const node = own(all, id);
    const most = Math.max(1, ...Object.values(all).map(used));
    return { share: used(node) / most, text: node?.usedBytes === undefined ? "n/a, because its node is down" : `${bytes(node.usedBytes)}, ${number(node.chunks ?? 0)} chunks` };
  }, (now) => {
    setText(text, now.text);
    setVariable(bar, "--share", now.share);
  });
  return { element: h("li", {}, h("span", { text: id }), h("div", { class: "lab-buffer small", "aria-hidden": "true" }, bar), text), remove };
}
