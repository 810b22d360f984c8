import { h, setHidden } from "../../lib/dom.js";
import { bytesPerSecond } from "../../lib/format.js";
import { act, forActors } from "../../ui/act.js";
import { createChoice } from "../../ui/choice.js";

/** @typedef {import("./words.js").Uploader} Uploader */

const MEBIBYTE = 1_048_576;
const LIMITS = [0, 1, 2, 5, 10, 20, 50, 100].map((mebibytes) => mebibytes * MEBIBYTE);

/**
 * How fast an uploader may go, for those who may say so; a timetable and streams may allow less.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {string} name
 * @param {(state: any) => Uploader | undefined} read
 */
export function createLimit(feed, name, read) {
  const said = h("span", { class: "uploads-said", role: "status" });
  const limit = createChoice((value) => void act(feed, "limit", { uploader: name, bytesPerSecond: Number(value) }, said));
  const field = h("div", { class: "uploads-buttons" }, h("label", {}, "Limit ", limit.element), said);
  const element = h("div", { class: "uploads-limit" }, field);
  const ends = [
    forActors(feed, field),
    feed.watch((state) => read(state)?.kind === "attached", (isForeign) => setHidden(element, isForeign)),
    feed.watch((state) => operators(read(state)), (now) => limit.show(String(now), LIMITS.map(String), (value) => value === "0" ? "none" : bytesPerSecond(Number(value)))),
  ];
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}

/** What an operator has said, where that is what holds. @param {Uploader | undefined} uploader */
function operators(uploader) {
  return uploader?.bandwidth?.why === "operator" ? uploader.bandwidth.limitBytesPerSecond : 0;
}
