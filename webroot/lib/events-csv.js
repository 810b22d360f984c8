/** @typedef {import("./marks.js").Mark} Mark */

/** As a table for spreadsheets (RFC 4180), in which nothing is taken for a formula. @param {readonly Mark[]} marks */
export function toCsv(marks) {
  const cell = (/** @type {string} */ text) => `"${(/^[=+@\t\r-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = marks.map(({ at, kind, level = "", text }) => [new Date(at).toISOString(), kind, level, cell(text)].join(","));
  return ["time,kind,level,text", ...rows, ""].join("\r\n");
}
