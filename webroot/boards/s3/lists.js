import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createRows } from "../../lib/rows.js";

/**
 * What is under way, the last files, the last errors: entries by a number, each with a path. Names of files are text of others.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {{ title: string, read: (state: any) => Record<string, any> | undefined, text: (entry: any) => string, isNewestFirst?: boolean }} options
 */
export function createList(feed, { title, read, text, isNewestFirst = false }) {
  const list = h("ul", { class: "s3-list" });
  const element = h("div", { class: "block s3-block" }, h("h3", { text: title }), list);
  const rows = createRows(list, (key) => {
    const name = h("bdi", { class: "s3-path" });
    const detail = h("span", { class: "s3-detail" });
    const end = feed.watch((state) => own(read(state), key), (entry) => {
      if (!entry) return;
      setText(name, entry.path ?? "the run");
      setText(detail, text(entry));
    });
    return { element: h("li", {}, name, detail), remove: end };
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

/** @param {import("./words.js").Active} what */
export function underWay({ bytes: sent, size, attempt, part, parts }) {
  const which = parts === undefined ? "" : `part ${part} of ${parts}, `;
  return `${which}${bytes(sent)} of ${bytes(size)}${attempt > 1 ? `, attempt ${attempt}` : ""}`;
}

/** What became of a file; those that took time say how much. @param {import("./words.js").Finished} file */
export function ended({ result, bytes: size, seconds }) {
  return result === "uploaded" ? `${result}, ${bytes(size)} in ${seconds}\u202fs` : result;
}
