/**
 * What somebody wants to be told, as in a file.
 * @typedef {{ from?: string, to?: string, zone?: string, days?: string | string[], letThrough?: string | string[] }} QuietHours
 * @typedef {{ channels?: string[], severity?: string, quietHours?: QuietHours }} Choice
 */

/** Days on which quiet hours begin, as files write them. @type {[string, string][]} */
export const DAYS = [["", "every day"], ["mon-fri", "Monday to Friday"], ["sat,sun", "Saturday and Sunday"]];

/** @param {QuietHours} [quiet] */
export function daysOf(quiet) {
  return [quiet?.days ?? []].flat().join(",");
}

/** One sentence about it. @param {Choice} choice */
export function ownWords({ channels = [], severity, quietHours }) {
  const what = severity === "critical" ? "what is critical" : "warnings and what is critical";
  return `You are told of ${what} by ${channels.join(", ")}${quietHours ? `; not from ${quietWords(quietHours)}` : ""}.`;
}

/** @param {QuietHours} quiet */
function quietWords({ from, to, zone, days, letThrough }) {
  const on = daysOf({ days });
  const named = DAYS.find(([value]) => value === on)?.[1] ?? on;
  const through = [letThrough ?? []].flat();
  return [`${from} to ${to}`, on === "" ? "" : `, ${named}`, zone ? ` (${zone})` : "", through.length > 0 ? `, unless it is ${through.join(" or ")}` : ""].join("");
}
