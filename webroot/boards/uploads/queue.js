import { Ends } from "../../lib/card.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes, number, percent } from "../../lib/format.js";
import { briefly } from "../../lib/time.js";
import { createBarList } from "../../ui/bar-list.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Uploader} Uploader
 * @typedef {import("./words.js").Queue} Queue
 */

/** @type {[string, keyof Queue & string][]} */
const SIZES = [["half of them up to", "p50Bytes"], ["75\u202f%", "p75Bytes"], ["90\u202f%", "p90Bytes"], ["95\u202f%", "p95Bytes"], ["99\u202f%", "p99Bytes"],
  ["mean", "meanBytes"], ["largest", "maximumBytes"]];

/** How sure the queue is, and why. @param {Queue} queue */
export function confidence({ confidence: sure, listedAt, trouble }) {
  const at = listedAt === undefined ? "" : `listed wholly at ${briefly(listedAt)}`;
  return `${(sure ?? "low").replace("_", " ")} confidence: ${[at, trouble].filter(Boolean).join("; ")}`;
}

/** What waits: sizes, buckets, ages. @param {LiveFeed} feed @param {(state: any) => Uploader | undefined} read */
export function createQueue(feed, read) {
  const ends = new Ends();
  const sure = h("p", { class: "quiet" });
  const large = h("p", { class: "uploads-too-large uploads-block" });
  const sizes = SIZES.map(([name, key]) => {
    const value = h("dd", { class: "uploads-figure" });
    return { key, value, element: h("div", { class: "reading" }, h("dt", { text: name }), value) };
  });
  const buckets = createBarList("Sizes of the files that wait");
  const ages = createBarList("Ages of the files that wait");
  const element = h("div", { class: "block uploads-block" }, h("h3", { text: "Queue" }), sure,
    h("dl", { class: "readings uploads-figures" }, ...sizes.map((size) => size.element)),
    h("div", { class: "uploads-spread" }, buckets.element, ages.element));
  ends.add(feed.watch((state) => read(state)?.queue, (queue) => {
    setText(large, tooLarge(queue));
    setHidden(large, large.textContent === "");
    setHidden(element, queue?.p50Bytes === undefined);
    if (queue?.p50Bytes === undefined) return;
    setText(sure, confidence(queue));
    for (const { key, value } of sizes) setText(value, bytes(Number(queue[key] ?? 0)));
    buckets.show(Object.entries(queue.buckets ?? {}).filter(([, { files }]) => files > 0).map(([name, { files, bytes: size, filesPercent }]) => ({
      key: name, name, share: filesPercent / 100, text: percent(filesPercent), note: `${number(files)} ${files === 1 ? "file" : "files"}, ${bytes(size)}`,
    })));
    const most = Math.max(1, ...Object.values(queue.ages ?? {}).map(({ files }) => files));
    ages.show(Object.entries(queue.ages ?? {}).filter(([, { files }]) => files > 0).map(([name, { files, bytes: size }]) => ({
      key: name, name: AGES[name] ?? name, share: files / most, text: number(files), note: bytes(size),
    })));
  }));
  return { elements: [large, element], remove: ends.run };
}

/** What no account takes is no part of the queue. @param {Queue | undefined} queue */
export function tooLarge(queue) {
  const { tooLargeFiles: count = 0, tooLargeBytes = 0, tooLargePath = "" } = queue ?? {};
  if (count === 0) return "";
  return count === 1 ? `${tooLargePath} (${bytes(tooLargeBytes)}) is larger than any account takes, so it does not wait.`
    : `${number(count)} files (${bytes(tooLargeBytes)}), such as ${tooLargePath}, are larger than any account takes, so they do not wait.`;
}

/** @type {Record<string, string>} */
const AGES = {
  today: "changed in the last day", week: "in the last week", month: "in the last 30 days", quarter: "in the last 90 days", year: "in the last year", older: "older",
  unknown: "without a time",
};
