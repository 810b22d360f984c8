/**
 * A rule as the server describes it.
 * @typedef {object} Rule
 * @property {string} [name]
 * @property {string} [watch] BOARD:PATH
 * @property {string} [from] "board", "page" or the name of a file
 * @property {boolean} [enabled]
 * @property {string} [info]
 * @property {string} [warning]
 * @property {string} [critical]
 * @property {string} [of]
 * @property {string} [mean]
 * @property {string} [unless]
 * @property {string} [text]
 * @property {string} [help]
 * @property {string} [repeat]
 * @property {string} [route]
 *
 * @typedef {{ what?: string, mend?: string, line?: number, column?: number, file?: string, from?: string, rule?: string }} Problem
 */

/** @param {Rule} rule */
export function originText({ from = "", watch = "" }) {
  return from === "board" ? `the board ${watch.split(":")[0]}` : from === "page" ? "this page" : `the file ${from}`;
}

/** @param {Problem} problem */
export function problemText({ file, from, rule, line, column, what = "", mend = "" }) {
  const where = [file ? `${file}` : from ? originText({ from }) : "", line ? `line ${line}` : "", column ? `column ${column}` : ""].filter(Boolean).join(", ");
  const subject = [where, rule && !file ? `rule ${rule}` : ""].filter(Boolean).join(", ");
  return `${subject && `${subject}: `}${what}.${mend && ` To mend it: ${mend}.`}`;
}

/** The same as somebody would write it into a file, so that it can be sent back with changes. @param {Rule} rule @returns {Record<string, unknown>} */
export function written({ watch, of, mean, info, warning, critical, unless, text, help, repeat, route }) {
  const all = { watch, of, mean, ...(info ? { when: info, severity: "info" } : { warn: warning, alarm: critical }), unless, text, help, repeat, route };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ""));
}

/**
 * What to send so that these fields of a rule are others. Of a rule that a board brings only that is sent: the rest goes on being as the board says.
 * @param {Rule} rule
 * @param {Record<string, string>} fields warn, alarm, when, text, help; an empty level is none
 */
export function changed(rule, fields) {
  const before = written(rule);
  const isOwn = rule.from === "page";
  const body = isOwn ? { ...before } : /** @type {Record<string, unknown>} */ ({});
  for (const [key, text] of Object.entries(fields)) {
    const value = text.trim();
    if (value === (before[key] ?? "")) continue;
    if (value === "" && isOwn) delete body[key];
    else body[key] = value === "" ? (["warn", "alarm"].includes(key) ? "off" : "") : value;
  }
  if (body.when && !isOwn && rule.info) body.severity = "info";
  return body;
}

/** The keys of a path; those with dots stand in quotation marks. @param {string} path */
export function keysOfPath(path) {
  return [...path.matchAll(/"([^"]*)"|[^.]+/g)].map(([whole, quoted]) => quoted ?? whole);
}

/** Where a message says that something in one line is wrong: the column, beginning with 0. @param {string} message @returns {number | undefined} */
export function columnOf(message) {
  const [, column] = /(?:^|: )column (\d+): /.exec(message) ?? [];
  return column === undefined ? undefined : Number(column) - 1;
}
