import { duration, number } from "../../lib/format.js";
import { valueText } from "./words.js";

/**
 * @typedef {{ from: number, to?: number, level?: string, certain?: boolean }} Episode
 * @typedef {{ from: number, to: number, keys: Record<string, { highest?: number, episodes?: Episode[] }>, firingCount: number, messageCount: number, partial?: boolean, coarsestSeconds?: number }} Answer
 */

/** Of the keys that would have fired, so many are drawn. */
const MOST_LANES = 6;

/** What a rule would have done. @param {Answer} answer @param {string} watch */
export function inWords({ keys, firingCount, messageCount, partial, coarsestSeconds = 0, from, to }, watch) {
  const all = Object.entries(keys);
  const firing = all.filter(([, { episodes = [] }]) => episodes.length > 0);
  const possible = firing.flatMap(([, { episodes = [] }]) => episodes).filter(({ certain }) => !certain).length;
  const highest = all.flatMap(([, one]) => one.highest === undefined ? [] : [one.highest]);
  const values = highest.length > 0 ? ` The highest value was ${valueText(watch, Math.max(...highest))}.` : "";
  if (all.length === 0) return "The rule is understood. The history keeps nothing of what it watches, so there is no preview.";
  const on = firing.length > 1 ? ` for ${number(firing.length)} keys` : "";
  const times = firingCount === 0 ? "It would not have fired." : `It would have fired ${firingCount === 1 ? "once" : `${number(firingCount)} times`}${on}, and ${messageCount === 1 ? "one message" : `${number(messageCount)} messages`} would have gone out.`;
  const unsure = possible > 0 ? ` Of that ${possible === 1 ? "one time is" : `${number(possible)} times are`} only possible: the history keeps one row for ${duration(coarsestSeconds * 1_000)}.` : "";
  return `${times}${unsure}${values}${partial ? ` It took too long, so this is only up to ${duration(to - from)} after the beginning.` : ""}`;
}

/** @param {Answer} answer @returns {import("../../ui/event-timeline.js").TimelineEvent[]} */
export function eventsOf({ keys }) {
  return Object.entries(keys).filter(([, { episodes = [] }]) => episodes.length > 0).slice(0, MOST_LANES).flatMap(([key, { episodes = [] }]) =>
    episodes.map(({ from, to, level, certain }, index) => ({
      id: `${key} ${index}`, lane: key || "the rule", from, to, isMoment: to === from, state: level ?? "unknown", text: certain ? "would have fired" : "may have fired",
    })));
}
