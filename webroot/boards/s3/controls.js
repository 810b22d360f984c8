import { h, setHidden } from "../../lib/dom.js";
import { bytesPerSecond } from "../../lib/format.js";
import { act, forActors } from "../../ui/act.js";
import { createChoice } from "../../ui/choice.js";
import { isUnderWay } from "./words.js";

/** @typedef {import("./words.js").Job} Job */

const MEBIBYTE = 1_048_576;
const LIMITS = [0, 1, 5, 10, 25, 50, 100, 250].map((mebibytes) => mebibytes * MEBIBYTE);
const COUNTS = [1, 2, 4, 8, 16, 32, 64];
const AUTO = "auto";

/**
 * How fast a run may send, and how many requests at once, for those who may: both hold until it ends.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {string} job
 * @param {(state: any) => Job | undefined} read
 */
export function createControls(feed, job, read) {
  const said = h("span", { class: "s3-said", role: "status" });
  const limit = createChoice((value) => void act(feed, "limit", { job, bytesPerSecond: Number(value) }, said));
  const workers = createChoice((value) => void act(feed, "workers", { job, ...(value === AUTO ? {} : { count: Number(value) }) }, said));
  const fields = h("div", { class: "s3-buttons" },
    h("label", {}, "Limit ", limit.element), h("label", {}, "Requests at once ", workers.element), said);
  const element = h("div", { class: "s3-controls" }, fields);
  const ends = [
    forActors(feed, fields),
    feed.watch((state) => isUnderWay(read(state)?.phase ?? ""), (now) => setHidden(element, !now)),
    feed.watch((state) => read(state)?.limitBytesPerSecond ?? 0, (now) => limit.show(String(now), LIMITS.map(String), (value) => value === "0" ? "none" : bytesPerSecond(Number(value)))),
    feed.watch((state) => chosen(read(state)), (now) => {
      const [most, value = AUTO] = now.split(" ");
      workers.show(value, [AUTO, ...COUNTS.filter((count) => count <= Number(most)).map(String)], (text) => text === AUTO ? "as many as are good" : text);
    }),
  ];
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}

/** How many are allowed, and the number that somebody has set. @param {Job | undefined} job */
function chosen(job) {
  const { max = 0, target = 0, source = AUTO } = job?.workers ?? {};
  return source === AUTO ? String(max) : `${max} ${target}`;
}
