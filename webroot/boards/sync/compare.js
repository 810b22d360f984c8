import { h, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { diffLines, excerpt } from "../../lib/line-diff.js";

const AROUND = 3;
const MOST_LINES = 2_000;
const MOST_LETTERS = 2_000;
const SIGNS = { same: " ", old: "\u2212", new: "+" };

/**
 * What differs between two texts. All of it was written by others: text only.
 * @param {string} label what is compared with what
 * @param {{ name: string, text: string }} one @param {{ name: string, text: string }} other
 */
export function createComparison(label, one, other) {
  const lines = diffLines(one.text, other.text);
  const count = (/** @type {string} */ kind) => lines.reduce((sum, line) => sum + (line.kind === kind ? 1 : 0), 0);
  const said = h("p", { role: "status" });
  const shown = excerpt(lines, AROUND);
  const isUsual = hasCrlfOnly(one.text) && hasCrlfOnly(other.text);
  const list = h("ol", { class: "sync-diff-lines" }, ...shown.slice(0, MOST_LINES).map((line) => createLine(line, isUsual)));
  if (shown.length > MOST_LINES) list.append(h("li", { class: "sync-diff-skipped", text: `${number(shown.length - MOST_LINES)} more lines are not shown` }));
  setText(said, one.text === other.text
    ? "The texts are the same."
    : `${SIGNS.old} ${inLines(count("old"))} only in ${one.name}, + ${inLines(count("new"))} only in ${other.name}.`);
  const region = h("div", { class: "sync-diff", role: "region", tabindex: "0", "aria-label": label }, list); // So that keys can scroll it.
  return h("div", { class: "sync-comparison" }, said, ...(one.text === other.text ? [] : [region]));
}

/** @param {number} count */
const inLines = (count) => count === 1 ? "1 line" : `${number(count)} lines`;

/** Whether each line ends as on Windows. @param {string} text */
const hasCrlfOnly = (text) => text.includes("\r\n") && !/(^|[^\r])\n/.test(text);

/** @param {import("../../lib/line-diff.js").Numbered | import("../../lib/line-diff.js").Skipped} line @param {boolean} isCrlfUsual so that it is not told of each line */
function createLine(line, isCrlfUsual) {
  if (line.kind === "skipped") return h("li", { class: "sync-diff-skipped", text: line.count === 1 ? "one line that both have" : `${number(line.count)} lines that both have` });
  const text = line.text.replace(/\r?\n$/, "");
  const words = h("bdi", { text: text.length > MOST_LETTERS ? text.slice(0, MOST_LETTERS) : text });
  const notes = [
    text.length > MOST_LETTERS && `${number(text.length - MOST_LETTERS)} more letters`,
    !line.text.endsWith("\n") && "no line end",
    !isCrlfUsual && line.text.endsWith("\r\n") && "CRLF",
  ].filter(Boolean).join(", ");
  return h("li", { "data-kind": line.kind },
    h("span", { class: "sync-diff-number", text: `${line.newNumber ?? line.oldNumber}` }), h("span", { class: "sync-diff-sign", text: SIGNS[line.kind] }),
    line.kind === "old" ? h("del", {}, words) : line.kind === "new" ? h("ins", {}, words) : h("span", {}, words), ...(notes ? [h("i", { text: ` (${notes})` })] : []));
}
