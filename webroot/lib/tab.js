import { setAttribute } from "./dom.js";

/**
 * What the browser shows of a page that is not in front: a title and a small picture. The verdict comes first, since tabs are narrow.
 * @typedef {"" | "ok" | "warning" | "critical"} Mark "" while nothing is known
 */

/** Each level by a sign as well: colours alone are not for everyone. @type {Record<string, string>} */
export const SIGNS = { ok: "✓", warning: "!", critical: "‼" };

let name = globalThis.document?.title ?? "";
let verdict = "";

/** @param {string} text what the page is about */
export function setName(text) {
  name = text;
  write();
}

/** @param {Mark} level @param {number} count of what is at that level */
export function setVerdict(level, count) {
  verdict = level === "warning" || level === "critical" ? `${SIGNS[level]} ${count} ${level} · ` : "";
  const icon = document.querySelector('link[rel="icon"]');
  const folder = icon?.getAttribute("href")?.replace(/[^/]*$/, "");
  if (icon) setAttribute(icon, "href", `${folder}${verdict ? `icon-${level}.svg` : "icon.svg"}`);
  write();
}

function write() {
  if (document.title !== verdict + name) document.title = verdict + name;
}
