import { h, setText } from "../../lib/dom.js";
import { byName } from "../../lib/rows.js";
import { createAct, createSaid } from "./acts.js";
import { put } from "./upload.js";
import { nameOf } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {{ folder: string, path: string, contentId: string, device: string }} Base what is there now, and which machine told it
 */

/**
 * A text to be edited and put in place of the version that is there, if it is still there then.
 * @param {LiveFeed} feed @param {Base} base @param {string} text where to start
 * @param {{ keep: string, kept: (say: (text: string) => void, machine: string) => void | Promise<void> }} then what the button says, and what comes after it
 */
export function createEditor(feed, { folder, path, contentId, device }, text, { keep, kept }) {
  const ends = lineEnds(text);
  if (ends === undefined) return h("p", { role: "status", text: `The lines of ${path} end in different ways, and browsers do not keep that: edit it on a machine.` });
  const area = h("textarea", { class: "sync-edit-text", "aria-label": `Text of ${path}`, rows: "12", spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
  area.value = text;
  const machine = h("select", { "aria-label": "Machine to put it on" }, ...machines(feed, device).map((name) => h("option", { value: name, text: name })));
  const { element: said, say } = createSaid();
  const button = createAct(keep, `${keep}: ${path}`, async () => {
    button.disabled = true;
    say("");
    const edited = new Blob([area.value.replaceAll("\n", ends)]);
    const { status, body } = await put(feed, edited, { folder, path, node: machine.value }, `"${contentId}"`, () => {});
    button.disabled = false;
    if (status === 200 || status === 201) await kept(say, machine.value);
    else if (status === 412) say(`${path} was changed meanwhile, so nothing was put there. Your text is still here: look at what is there now, and edit that.`);
    else say(`It was not put there: ${body.message ?? (status ? `the server answers ${status}` : "the server cannot be reached")}`);
  });
  if (!machine.value) setText(said, "It is put on a machine that is online; none is.");
  return h("div", { class: "sync-edit" }, area, h("div", { class: "sync-buttons" }, h("span", { text: "on" }), machine, button), said);
}

/** Those that are online, first the one that told what is there. @param {LiveFeed} feed @param {string} device */
function machines(feed, device) {
  const first = nameOf(feed.state, device);
  const names = Object.values(feed.state.nodes ?? {}).filter((one) => one.status !== "offline").map((one) => one.name).sort(byName);
  return names.includes(first) ? [first, ...names.filter((name) => name !== first)] : names;
}

/** What a textarea makes of all ends of lines is one kind. @param {string} text @returns {string | undefined} undefined if there are several kinds */
export function lineEnds(text) {
  const kinds = new Set(text.match(/\r\n|\r|\n/g) ?? ["\n"]);
  return kinds.size === 1 && !kinds.has("\r") ? [...kinds][0] : undefined;
}
