import { h } from "../../lib/dom.js";
import { createField, createSelect, openForm } from "./form.js";

/**
 * @typedef {import("./acts.js").Acts} Acts
 * @typedef {import("./words.js").Alert} Alert
 */

const MINUTE = 60_000;
/** @type {[string, string][]} */
const SPANS = [["60", "1 hour"], ["240", "4 hours"], ["480", "8 hours"], ["1440", "1 day"], ["10080", "7 days"]];

/** Notes that somebody has seen it. @param {Acts} acts @param {string} id @param {Alert} alert */
export function askToAcknowledge(acts, id, { text = "" }) {
  const note = h("input", { maxlength: "500", autocomplete: "off", placeholder: "what is known, or being done" });
  const until = createSelect([["0", "until it is over, or worse"], ...SPANS]);
  openForm({
    title: "Acknowledge", about: text, verb: "Acknowledge",
    fields: [createField("Note, may be empty", note), createField("For how long", until, "It is not repeated meanwhile. When it gets worse, or is over, you are told.")],
    submit: () => acts.act("acknowledge", { id, ...(note.value.trim() && { note: note.value.trim() }), ...(until.value !== "0" && { untilMinutes: Number(until.value) }) }),
  });
}

/** Holds back what is told of it. @param {Acts} acts @param {Alert} alert @param {() => number} now Unix ms by the server's clock */
export function askToSilence(acts, { text = "", rule = "", key, board }, now) {
  const span = createSelect(SPANS, "240");
  const scope = createSelect([["one", key === undefined ? `the rule ${rule}` : `the rule ${rule} for ${key}`], ...(key === undefined ? [] : /** @type {[string, string][]} */ ([["rule", `the rule ${rule}, whatever it is about`]]))]);
  const why = h("input", { maxlength: "500", autocomplete: "off", placeholder: "for those who wonder" });
  openForm({
    title: "Silence", about: text, verb: "Silence",
    fields: [createField("For how long", span), createField("What", scope), createField("Why, may be empty", why, "Nobody is told meanwhile; what still fires at its end is told then.")],
    submit: () => acts.act("silence", {
      rules: pattern(rule), ...(board && { boards: pattern(board) }), ...(scope.value === "one" && key !== undefined && { keys: pattern(key) }),
      untilMilliseconds: Math.round(now()) + Number(span.value) * MINUTE, ...(why.value.trim() && { why: why.value.trim() }),
    }),
  });
}

/** What has a meaning in a list of patterns, and in one, cannot be written in it: any text stands for it. @param {string} text */
export function pattern(text) {
  return text.replace(/[,*]|^\s|\s$/g, "*");
}
