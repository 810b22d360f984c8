/** @typedef {{ id: string, kind: string, at: number, maintenance?: string, alert?: import("./words.js").Alert & { worst?: string } }} Transition */

/** What can become of an alert, in words. @type {Record<string, string>} */
const KINDS = {
  firing: "fires", raised: "got worse", lowered: "got better", unknown: "figures missing", known: "figures back",
  flapping: "comes and goes", acknowledged: "acknowledged", resolved: "over", expired: "expired",
};
const ENDS = ["resolved", "expired"];

/** @param {string} kind */
export function kindText(kind) {
  return Object.hasOwn(KINDS, kind) ? /** @type {string} */ (KINDS[kind]) : kind;
}

/**
 * From when to when each alert fired, for a line of time. One whose beginning is further back began when it says.
 * @param {Transition[]} rows oldest first
 * @returns {import("../../ui/event-timeline.js").TimelineEvent[]}
 */
export function episodesOf(rows) {
  /** @type {Map<string, import("../../ui/event-timeline.js").TimelineEvent>} */
  const open = new Map();
  /** @type {import("../../ui/event-timeline.js").TimelineEvent[]} */
  const all = [];
  for (const { id, kind, at, alert = {} } of rows) {
    let event = open.get(id);
    if (!event) {
      event = { id: `${id}-${at}`, lane: alert.rule ?? "", from: alert.firingSince ?? at, text: alert.text ?? "", state: alert.level ?? "unknown" };
      open.set(id, event);
      all.push(event);
    }
    if (alert.worst === "critical" || alert.level === "critical") event.state = "critical";
    if (!ENDS.includes(kind)) continue;
    event.to = at;
    event.isMoment = event.to === event.from;
    open.delete(id);
  }
  return all;
}
