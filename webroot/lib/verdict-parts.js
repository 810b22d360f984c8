/**
 * @typedef {{ board?: string, section?: string, key?: string, level?: string, text?: string }} Alert as the server says it
 * @typedef {[string, Alert]} Named an alert with its id
 * @typedef {{ text: string, of?: Named }} Part of the sentence; without an alert only what joins two of them
 */

/** Those that fire. @param {Record<string, Alert> | undefined} alerts @returns {Named[]} */
export function firing(alerts = {}) {
  return Object.entries(alerts).filter(([, { level }]) => level === "warning" || level === "critical");
}

/** Takes the server's sentence apart, where it speaks of one of the alerts: sign by sign it stays the same. @param {string} sentence @param {Named[]} alerts @returns {Part[]} */
export function partsOf(sentence, alerts) {
  const lower = sentence.toLowerCase();
  /** @type {{ from: number, to: number, of: Named }[]} */
  const found = [];
  const length = (/** @type {Named} */ [, { text = "" }]) => text.length;
  for (const of of [...alerts].sort((a, b) => length(b) - length(a))) { // One may be a part of another.
    const words = (of[1].text ?? "").toLowerCase();
    if (words === "") continue;
    let from = lower.indexOf(words);
    while (from >= 0 && found.some((one) => from < one.to && one.from < from + words.length)) from = lower.indexOf(words, from + 1);
    if (from >= 0) found.push({ from, to: from + words.length, of });
  }
  found.sort((a, b) => a.from - b.from);
  /** @type {Part[]} */
  const parts = [];
  let at = 0;
  for (const { from, to, of } of found) {
    if (from > at) parts.push({ text: sentence.slice(at, from) });
    parts.push({ text: sentence.slice(from, to), of });
    at = to;
  }
  if (at < sentence.length) parts.push({ text: sentence.slice(at) });
  return parts;
}
