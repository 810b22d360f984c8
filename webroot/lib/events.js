/**
 * What became of alerts, and when this machine and its server began, as marks on the time axis.
 * @typedef {import("./marks.js").Mark} Mark
 * @typedef {{ id?: string, kind?: string, at?: number, alert?: { board?: string, level?: string, text?: string } }} Transition as the server keeps it
 */

/** What each is called, and its colour; those that are not here are no marks: a figure that is missing for a while would fill the axis. @type {Record<string, { word: string, tone: string }>} */
const KINDS = {
  firing: { word: "", tone: "alarm" },
  raised: { word: "worse: ", tone: "alarm" },
  lowered: { word: "better: ", tone: "warning" },
  flapping: { word: "comes and goes: ", tone: "warning" },
  resolved: { word: "over: ", tone: "good" },
  expired: { word: "gone: ", tone: "unknown" },
};

/** Of one board and of what has no board. @param {Transition[]} rows @param {string} board @returns {Mark[]} */
export function marksOf(rows, board) {
  return rows.flatMap(({ kind = "", at, alert = {} }) => {
    const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (!known || typeof at !== "number" || (alert.board !== undefined && alert.board !== board)) return [];
    const { level, text = "" } = alert;
    const tone = known.tone === "alarm" && level !== "critical" ? "warning" : known.tone;
    return [{ at, kind, tone, level: tone === "good" ? undefined : level, text: known.word + text }];
  });
}

/** Those that the page knows by itself. @param {import("./state.js").HostFacts} facts @returns {Mark[]} */
export function startsOf({ bootedAt, pulseboard }) {
  /** @type {Mark[]} */
  const marks = [];
  if (bootedAt) marks.push({ at: bootedAt, kind: "reboot", tone: "info", text: "machine started" });
  if (pulseboard?.startedAt) marks.push({ at: pulseboard.startedAt, kind: "restart", tone: "info", text: "Pulseboard started" });
  return marks;
}

/** Each once, oldest first. @param {readonly Mark[]} all @returns {Mark[]} */
export function inOrder(all) {
  const known = new Map(all.map((mark) => [`${mark.at} ${mark.kind} ${mark.text}`, mark]));
  return [...known.values()].sort((a, b) => a.at - b.at);
}
