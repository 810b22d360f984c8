/**
 * What all charts of a page show: so many milliseconds up to a moment, or, without one, up to now.
 * @typedef {{ span: number, to?: number }} View
 */

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** @type {Record<string, number>} */
const UNITS = { s: SECOND, m: 60 * SECOND, h: 3_600 * SECOND, d: DAY, y: 365 * DAY };

/** Those with a button. @type {readonly { key: string, text: string, name: string, span: number }[]} */
export const SPANS = [
  ["2m", "2 min", "2 minutes"], ["15m", "15 min", "15 minutes"], ["1h", "1 h", "hour"], ["6h", "6 h", "6 hours"],
  ["24h", "24 h", "24 hours"], ["7d", "7 d", "7 days"], ["30d", "30 d", "30 days"], ["1y", "1 y", "year"], ["2y", "2 y", "2 years"],
].map(([key = "", text = "", name = ""]) => ({ key, text: text.replace(" ", "\u202f"), name, span: milliseconds(key) ?? 0 }));

/** The page as it opens: kept by itself, without the server's history. */
export const LIVE = 120 * SECOND;
/** Time goes on: whoever goes back and forth again by the same step wants to be where that began. */
const NEARLY = 0.05;
const LEAST = 20 * SECOND;
const MOST = 2 * 365 * DAY;

/** @param {View} view */
export function isPlain({ span, to }) {
  return span === LIVE && to === undefined;
}

/** Where it begins and ends. @param {View} view @param {number} now @returns {[number, number]} */
export function bounds({ span, to }, now) {
  const end = Math.round(to ?? now);
  return [end - span, end];
}

/** Closer for a factor below 1; what is at this share of the width stays where it is. @param {View} view @param {number} factor @param {number} share @param {number} now @returns {View} */
export function zoom(view, factor, share, now) {
  const [from, to] = bounds(view, now);
  const span = Math.min(MOST, Math.max(LEAST, (to - from) * factor));
  return within(span, from + share * (to - from - span) + span, now);
}

/** @param {View} view @param {number} by milliseconds, negative for earlier @param {number} now @returns {View} */
export function pan(view, by, now) {
  const to = bounds(view, now)[1] + by;
  const isNearly = by > 0 && to > now - NEARLY * view.span;
  return within(view.span, isNearly ? now : to, now);
}

/** @param {number} from @param {number} to @param {number} now @returns {View} */
export function between(from, to, now) {
  const span = Math.min(MOST, Math.max(LEAST, to - from));
  return within(span, (from + to + span) / 2, now);
}

/** Nothing is known of the future, nor of what was before the longest span: whoever reaches now follows it. @param {number} span @param {number} to @param {number} now @returns {View} */
function within(span, to, now) {
  const whole = Math.round(span);
  return to > now - 1 ? { span: whole } : { span: whole, to: Math.round(Math.max(to, now - MOST + whole)) };
}

/** As part of an address: "span=6h&to=2026-11-22T08:00:00Z", nothing for the page as it opens. @param {View} view @param {URLSearchParams} others @returns {URLSearchParams} */
export function toQuery(view, others) {
  const query = new URLSearchParams(others);
  query.delete("span");
  query.delete("to");
  if (!isPlain(view)) query.set("span", short(view.span));
  if (view.to !== undefined) query.set("to", new Date(view.to).toISOString().replace(/\.\d+Z$/, "Z"));
  return query;
}

/** What cannot be read counts as absent: an address may be typed. @param {URLSearchParams} query @param {number} now @returns {View} */
export function fromQuery(query, now) {
  const span = milliseconds(query.get("span") ?? "") ?? LIVE;
  const to = Date.parse(query.get("to") ?? "");
  const fit = Math.min(MOST, Math.max(LEAST, span));
  return Number.isNaN(to) ? { span: fit } : within(fit, to, now);
}

/** @param {string} text such as "90s" or "6h" @returns {number | undefined} */
function milliseconds(text) {
  const [, count, unit = ""] = /^(\d{1,9})([smhdy])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0);
}

/** @param {number} exact */
function short(exact) {
  const span = Math.round(exact / SECOND) * SECOND;
  const known = SPANS.find((one) => one.span === span);
  if (known) return known.key;
  const unit = ["d", "h", "m"].find((letter) => span % (UNITS[letter] ?? 1) === 0) ?? "s";
  return `${Math.round(span / (UNITS[unit] ?? 1))}${unit}`;
}
