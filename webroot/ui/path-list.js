import { h, setHidden, setText, setVariable } from "../lib/dom.js";
import { own } from "../lib/merge-patch.js";
import { createRows } from "../lib/rows.js";

/**
 * What is under way, the last files, the last errors: entries by a number, each with a path. Names of files are text of others.
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 * @param {{ title: string, whole: string, read: (state: any) => Record<string, any> | undefined, text: (entry: any) => string, share?: (entry: any) => number,
 *   isNewestFirst?: boolean }} options whole: what an entry without a path is about; with a share: a bar below each
 */
export function createPathList(feed, { title, whole, read, text, share, isNewestFirst = false }) {
  const list = h("ul", { class: "path-list" });
  const element = h("div", { class: "block" }, h("h3", { text: title }), list);
  const rows = createRows(list, (key) => {
    const name = h("bdi");
    const detail = h("span", { class: "quiet" });
    const fill = h("i", { class: "bar-part tone-user" });
    const end = feed.watch((state) => own(read(state), key), (entry) => {
      if (!entry) return;
      setText(name, entry.path ?? whole);
      setText(detail, text(entry));
      if (share) setVariable(fill, "--share", share(entry));
    });
    const bar = share ? [h("div", { class: "bar", "aria-hidden": "true" }, fill)] : [];
    return { element: h("li", {}, name, detail, ...bar), remove: end };
  });
  const end = feed.watch((state) => Object.keys(read(state) ?? {}).join(), (keys) => {
    const order = keys === "" ? [] : keys.split(",").sort((one, other) => Number(one) - Number(other));
    setHidden(element, order.length === 0);
    rows.show(isNewestFirst ? order.reverse() : order);
  });
  return {
    element,
    remove: () => {
      end();
      rows.clear();
    },
  };
}
