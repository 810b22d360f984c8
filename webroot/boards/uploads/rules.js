import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes, bytesPerSecond, duration, number } from "../../lib/format.js";
import { briefly } from "../../lib/time.js";
import { isUnderWay } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Uploader} Uploader
 */

/** The stage that is under way. @param {Uploader} uploader */
export function stage({ stage: now, phase }) {
  if (!now) return phase === "waiting" || phase === "paused" ? `none, because it is ${phase}` : "";
  const size = now.files === undefined ? "" : `${number(now.files)} files, ${bytes(now.bytes ?? 0)}, the largest ${bytes(now.largestBytes ?? 0)}; `;
  return `${size}planned by ${now.strategy}, ${number(now.transfers)} at once`;
}

/** Since when, or how long it took, and by how many accounts. @param {Uploader} uploader */
export function session({ session: now, lastSession: last }) {
  if (now?.endedAt !== undefined) {
    return `took ${duration(now.endedAt - now.startedAt)}, until ${briefly(now.endedAt)}; by ${number(now.accountsUsed)} ${now.accountsUsed === 1 ? "account" : "accounts"}`;
  }
  if (now) return `since ${briefly(now.startedAt)}`;
  return last?.endedAt === undefined ? "" : `the last one: ${last.phase ?? ""} at ${briefly(last.endedAt)}, ${number(last.uploaded ?? 0)} files uploaded`;
}

/** How fast it may go, and who says so. @param {Uploader} uploader */
export function throttle({ bandwidth, phase }) {
  if (!bandwidth) return isUnderWay(phase) ? "no limit" : "";
  return `${bytesPerSecond(bandwidth.limitBytesPerSecond)} at most, by ${WHY[bandwidth.why] ?? bandwidth.why}`;
}

/** @type {Record<string, string>} */
const WHY = { schedule: "the timetable", operator: "an operator" };

/** Texts in rclone's log that have an account rest, and how often they were seen. @param {LiveFeed} feed @param {(state: any) => Uploader | undefined} read */
export function createTriggers(feed, read) {
  const list = h("ul", { class: "path-list" });
  const element = h("details", { class: "block uploads-block" }, h("summary", { text: "Triggers" }), list);
  const end = feed.watch((state) => read(state)?.triggers, (triggers) => {
    setHidden(element, triggers === undefined);
    list.replaceChildren(...Object.values(triggers ?? {}).map((trigger) => {
      const row = h("li", {}, h("bdi"), h("span", { class: "quiet" }));
      setText(/** @type {HTMLElement} */ (row.children[0]), trigger.text);
      setText(/** @type {HTMLElement} */ (row.children[1]), `${number(trigger.count)} of ${number(trigger.needed)}${
        trigger.windowEndsAt === undefined ? "" : ` until ${briefly(trigger.windowEndsAt)}`}; the account rests for ${number(trigger.suspendHours)}\u202fh then`);
      return row;
    }));
  });
  return { element, remove: end };
}
