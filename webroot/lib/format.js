/**
 * Numbers as people read them. A figure and its unit are kept together by a narrow no-break space, at which
 * `split` takes them apart again.
 */

const SPACE = "\u202f";
const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
const DECIMAL = ["", "k", "M", "G", "T"];

/** @type {Intl.NumberFormat[]} */
const NUMBERS = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** @param {number} value @param {number} [digits] */
export function number(value, digits = 0) {
  return NUMBERS[digits]?.format(value) ?? String(value);
}

/** Three significant digits at most, so that figures keep their width. @param {number} value */
function short(value) {
  return number(value, value < 9.95 ? 1 : 0);
}

/** @param {number} value 0 to 100 */
export function percent(value) {
  return `${value > 0 && value < 9.95 ? number(value, 1) : number(value)}${SPACE}%`;
}

/** @param {number} value */
export function wholePercent(value) {
  return `${number(value)}${SPACE}%`;
}

/** @param {number} value */
export function bytes(value) {
  let index = 0;
  let rest = value;
  while (rest >= (index === 0 ? 1023.5 : 999.5) && index < BINARY.length - 1) {
    rest /= 1024;
    index++;
  }
  return `${index === 0 ? number(rest) : short(rest)}${SPACE}${BINARY[index]}`;
}

/** @param {number} value */
export function bytesPerSecond(value) {
  return `${bytes(value)}/s`;
}

/** With the letters for thousands, millions... @param {number} value @param {string} unit */
export function withUnit(value, unit) {
  let index = 0;
  let rest = value;
  while (rest >= 999.5 && index < DECIMAL.length - 1) {
    rest /= 1000;
    index++;
  }
  const figure = index === 0 && Number.isInteger(rest) ? number(rest) : short(rest);
  const letter = DECIMAL[index] ?? "";
  return letter || unit ? `${figure}${SPACE}${letter}${unit}` : figure;
}

/** @param {number} value */
export function perSecond(value) {
  return withUnit(value, "/s");
}

/** @param {number} value */
export function hertz(value) {
  return `${number(value / 1e9, 2)}${SPACE}GHz`;
}

/** The two largest parts: "3 d 4 h". @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count !== 0);
  if (first < 0) return `0${SPACE}s`;
  return parts.slice(first, first + 2).map(([count, unit]) => `${count}${SPACE}${unit}`).join(" ");
}

/** @type {[number, string, string][]} */
const ABOUT = [[86_400_000, "day", "days"], [3_600_000, "hour", "hours"], [60_000, "minute", "minutes"]];

/** A time to come, as exact as a forecast can be: "in about 5 hours". @param {number} milliseconds */
export function inAbout(milliseconds) {
  for (const [unit, one, many] of ABOUT) {
    const count = Math.round(milliseconds / unit);
    if (milliseconds >= unit * 2 || (unit === 60_000 && count >= 1)) return `in about ${number(count)}${SPACE}${count === 1 ? one : many}`;
  }
  return "now";
}

/** @param {string} text @returns {[string, string]} the figure, and its unit or "" */
export function split(text) {
  const at = text.indexOf(SPACE);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** "timeWait" to "time wait". @param {string} key */
export function words(key) {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** @param {number} value Unix ms @param {string} [timeZone] */
export function moment(value, timeZone) {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(value);
}

/** @param {number} value Unix ms */
export function day(value) {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(value);
}
