import { h, setText } from "../../lib/dom.js";
import { bytes, moment } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { act, createAct, createSaid, forOperators } from "./acts.js";
import { createComparison } from "./compare.js";
import { createEditor } from "./edit.js";
import { section } from "./overview.js";
import { readTextNow } from "./texts.js";
import { nameOf } from "./words.js";

/** @type {[strategy: string, text: string][]} */
const STRATEGIES = [["keep_head", "Keep the first"], ["keep_other", "Keep the other"], ["keep_both", "Keep both"], ["newest_by_file_time", "Keep the newest by its clock"]];

/** Edits that did not know of each other, for people to decide. @type {import("./board.js").Part} */
export function mountConflicts(place, feed) {
  const none = h("p", { class: "quiet" });
  const list = h("div", { class: "sync-conflicts" });
  const rows = createRows(list, (key) => createConflict(feed, key));
  place.append(section("Conflicts", none, list));
  const ends = [
    rows.clear,
    feed.watch((state) => Object.keys(state.conflicts ?? {}).sort(byName).join("\n"), (keys) => {
      setText(none, keys ? "Both contents are on all machines. Nothing is lost until somebody decides." : "None waits for a decision.");
      rows.show(keys ? keys.split("\n").reverse() : []);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** @param {import("../../lib/live-feed.js").LiveFeed} feed @param {string} key */
function createConflict(feed, key) {
  const title = h("h3", {});
  const sides = h("div", { class: "sync-sides" });
  const { element: said, say } = createSaid();
  const looked = h("div", { class: "sync-looked" });
  const compare = createAct("Compare", `Compare both texts of conflict ${key}`, () => void lookAt(feed, key, looked));
  const compareButton = h("div", { class: "sync-buttons" }, compare);
  const buttons = h("div", { class: "sync-buttons" }, ...STRATEGIES.map(([strategy, text]) =>
    createAct(text, `${text}: conflict ${key}`, () => void act(feed, "resolve", { conflict: key, strategy }, say))));
  const ends = [
    forOperators(feed, buttons), forOperators(feed, compareButton), forOperators(feed, looked),
    feed.watch((state) => ({ conflict: own(state.conflicts, key), state }), ({ conflict, state }) => {
      if (!conflict) return;
      setText(title, `${conflict.folder}: ${conflict.path}`);
      sides.replaceChildren(side("first", conflict.path, conflict.head, state), side("other", conflict.copyPath, conflict.other, state));
    }),
  ];
  return {
    element: h("article", { class: "sync-conflict" }, title, sides, compareButton, looked, buttons, said),
    remove: () => {
      for (const end of ends) end();
    },
  };
}

/** @param {string} which @param {string} path @param {import("./words.js").Side} side @param {any} state */
function side(which, path, { device, size, mtimeNanos, contentId, version }, state) {
  return h("dl", { class: "sync-side" },
    h("dt", { text: `The ${which}, of ${nameOf(state, device)}` }), h("dd", {}, h("bdi", { class: "sync-path", text: path })),
    h("dd", { text: `${bytes(size)}, file time ${moment(mtimeNanos / 1e6)}` }), h("dd", { class: "quiet sync-path", text: `content ${contentId.slice(0, 16)}, version ${version}` }));
}

/** What differs between what is at both paths now, and both texts to be edited. @param {import("../../lib/live-feed.js").LiveFeed} feed @param {string} key @param {HTMLElement} place */
async function lookAt(feed, key, place) {
  /** @type {import("./words.js").Conflict | undefined} */
  const conflict = own(feed.state.conflicts, key);
  if (!conflict) return;
  const { folder, path, copyPath } = conflict;
  place.replaceChildren(h("p", { class: "quiet", role: "status", text: "The machines are asked…" }));
  const [first, second] = await Promise.all([readTextNow(feed, folder, path), readTextNow(feed, folder, copyPath)]);
  const { base } = first;
  if (first.text === undefined || second.text === undefined || !base) {
    place.replaceChildren(h("p", { role: "status", text: `They cannot be compared: ${[first.why, second.why].filter(Boolean).join("; ")}.` }));
    return;
  }
  const editor = h("div", {});
  const edit = (/** @type {string} */ which, /** @type {string} */ text) => createAct(`Edit the ${which}`, `Edit the ${which} text of conflict ${key}, and keep that`, () => {
    editor.replaceChildren(createEditor(feed, base, text, { keep: "Keep this text", kept: (say) => settle(feed, key, say) }));
    editor.querySelector("textarea")?.focus();
  });
  place.replaceChildren(
    createComparison(`Differences between both texts of ${path}`, { name: "the first", text: first.text }, { name: "the other", text: second.text }),
    h("div", { class: "sync-buttons" }, edit("first", first.text), edit("other", second.text)), editor);
}

/** What was edited is at the path; the copy goes. @param {import("../../lib/live-feed.js").LiveFeed} feed @param {string} key @param {(text: string) => void} say */
async function settle(feed, key, say) {
  await act(feed, "resolve", { conflict: key, strategy: "keep_head" }, say);
}
