import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { createBarList } from "../../ui/bar-list.js";
import { sizeWords } from "./words.js";

const AGES = ["today", "week", "month", "quarter", "year", "older", "unknown"];
const AGE_WORDS = ["today", "this week", "this month", "this quarter", "this year", "older", "unknown"];
const BUCKETS = ["0-100KB", "100KB-1MB", "1-10MB", "10-100MB", "100MB-1GB", "1GB+"];
const MOST_TYPES = 8;

/**
 * Of which types, ages and sizes the files of the folder are: bytes, and how many files.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {(state: any) => import("./words.js").Job | undefined} read
 */
export function createKinds(feed, read) {
  const types = part("Types");
  const ages = part("Changed");
  const sizes = part("Sizes");
  const note = h("p", { class: "quiet" });
  const element = h("details", { class: "s3-kinds" }, h("summary", { text: "Types, ages and sizes of the files" }),
    h("div", { class: "s3-columns" }, types.element, ages.element, sizes.element), note);
  const ends = [
    feed.watch((state) => read(state)?.types, (now = {}) => {
      setHidden(element, Object.keys(now).length === 0);
      types.show(Object.entries(now).sort(([, one], [, other]) => other.bytes - one.bytes).slice(0, MOST_TYPES));
    }),
    feed.watch((state) => read(state)?.ages, (now = {}) => ages.show(AGES.flatMap((key, index) => (now[key] ? [[AGE_WORDS[index] ?? key, now[key]]] : [])))),
    feed.watch((state) => read(state)?.sizes, (now) => {
      sizes.show(BUCKETS.flatMap((key) => (now?.buckets?.[key]?.files ? [[inWords(key), now.buckets[key]]] : [])));
      setText(note, sizeWords(now));
    }),
  ];
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}

/** @param {string} bucket such as 100KB-1MB */
function inWords(bucket) {
  return bucket.replace("-", " to ").replace("+", " and more").replace(/(\d)([KMG]B)/g, "$1\u202f$2");
}

/** @param {string} title */
function part(title) {
  const bars = createBarList(title);
  /** @param {any[]} entries a name, and its files and bytes */
  const show = (entries) => {
    const most = Math.max(1, ...entries.map(([, sum]) => sum.bytes));
    bars.show(entries.map(([name, sum]) => ({ key: name, name, share: sum.bytes / most, text: bytes(sum.bytes), note: `${number(sum.files)} ${sum.files === 1 ? "file" : "files"}` })));
  };
  return { element: h("section", {}, h("h3", { text: title }), bars.element), show };
}
