import { address, request } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes } from "../../lib/format.js";
import { byName } from "../../lib/rows.js";
import { createProgress } from "../../ui/progress.js";
import { createAct, forOperators } from "./acts.js";
import { nameOf } from "./words.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

/**
 * Puts files of the person who looks into a folder, on a machine of their choice: dropped, or chosen by a button. One after the other, so
 * that it can be said what became of each, the newest first.
 * @param {LiveFeed} feed
 * @param {HTMLElement} ground where files can be dropped
 * @param {() => string} folder
 */
export function createUpload(feed, ground, folder) {
  const machine = h("select", { "aria-label": "Machine to put files on" });
  const into = h("input", { type: "text", "aria-label": "Directory to put files into", placeholder: "into directory", autocomplete: "off" });
  const chosen = h("input", { type: "file", multiple: "", "aria-label": "Files to put there" });
  const none = h("span", { class: "quiet", text: "Files are put on a machine that is online; none is." });
  const list = h("ol", { class: "sync-list sync-uploads", "aria-label": "Files that were put there" });
  const controls = h("div", { class: "sync-buttons" }, h("span", { text: "Drop files here, or choose them:" }), chosen, h("span", { text: "on" }), machine, into);
  const element = h("div", { class: "sync-upload" }, controls, none, list);
  let last = Promise.resolve();
  /** @param {FileList | null | undefined} files */
  const take = (files) => {
    if (!machine.value || !folder() || element.hidden) return;
    for (const file of files ?? []) {
      const put = createPut(feed, file, { folder: folder(), path: [into.value.trim().replace(/^\/+|\/+$/g, ""), file.name].filter(Boolean).join("/"), node: machine.value });
      list.prepend(put.element);
      last = last.then(put.send);
    }
  };
  chosen.addEventListener("change", () => {
    take(chosen.files);
    chosen.value = "";
  });
  const over = (/** @type {DragEvent} */ event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); // Else the browser would open the file instead of this page.
  };
  const drop = (/** @type {DragEvent} */ event) => {
    over(event);
    take(event.dataTransfer?.files);
  };
  ground.addEventListener("dragover", over);
  ground.addEventListener("drop", drop);
  const ends = [
    forOperators(feed, element),
    feed.watch((state) => Object.values(state.nodes ?? {}).filter((one) => one.status !== "offline").map((one) => one.name).sort(byName).join("\n"), (text) => {
      const names = text ? text.split("\n") : [];
      const before = machine.value;
      machine.replaceChildren(...names.map((name) => h("option", { value: name, text: name })));
      machine.value = names.includes(before) ? before : names[0] ?? "";
      setHidden(controls, names.length === 0);
      setHidden(none, names.length > 0);
    }),
  ];
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}

/**
 * One file on its way, and what became of it.
 * @param {LiveFeed} feed @param {File} file @param {{ folder: string, path: string, node: string }} where
 */
function createPut(feed, file, where) {
  const progress = createProgress(where.path);
  const said = h("span", { class: "quiet", role: "status", text: `waits, ${bytes(file.size)}` });
  const buttons = h("span", { class: "sync-buttons" });
  const element = h("li", { class: "sync-put" }, progress.element, said, buttons);
  setHidden(progress.element, true);
  /** @param {string} [ifMatch] */
  const send = async (ifMatch) => {
    buttons.replaceChildren();
    setHidden(progress.element, false);
    setText(said, "");
    const { status, body } = await put(feed, file, where, ifMatch, (sent) => progress.show({ share: sent / Math.max(1, file.size), text: `${bytes(sent)} of ${bytes(file.size)} sent to ${where.node}` }));
    setHidden(progress.element, true);
    if (status === 200 || status === 201) setText(said, `${where.path}: ${where.node} has it${status === 200 ? ", in place of the one before" : ""}; it comes to all machines.`);
    else if (status === 412) await ask();
    else setText(said, `${where.path} was not put there: ${body.message ?? (status ? `the server answers ${status}` : "the server cannot be reached")}`);
  };
  /** Something is there already: what, and whether it is to be replaced. */
  const ask = async () => {
    const { files } = await request(`api/boards/${feed.board}/files?${new URLSearchParams({ folder: where.folder, prefix: where.path, limit: "1" })}`).catch(() => ({ files: [] }));
    const there = files.find((/** @type {any} */ one) => one.path === where.path);
    setText(said, there
      ? `${where.path} is there already: ${there.kind === "file" ? bytes(there.size) : `a ${there.kind}`}, last told by ${nameOf(feed.state, there.device)}.`
      : `${where.path} was changed meanwhile.`);
    const again = there ? createAct("Replace it", `Replace ${where.path}; what is there becomes an old version`, () => void send(`"${there.version}"`)) : createAct("Try again", `Put ${where.path} there again`, () => void send());
    buttons.replaceChildren(again);
  };
  return { element, send: () => send() };
}

/**
 * By XMLHttpRequest: of fetch() no browser says how much it has sent.
 * @param {LiveFeed} feed @param {Blob} file @param {Record<string, string>} where @param {string | undefined} ifMatch @param {(sent: number) => void} sent
 * @returns {Promise<{ status: number, body: any }>} status 0 if there was no answer
 */
export function put(feed, file, where, ifMatch, sent) {
  return new Promise((resolve) => {
    const sending = new XMLHttpRequest();
    sending.open("PUT", address(`api/boards/${feed.board}/files?${new URLSearchParams(where)}`));
    sending.setRequestHeader("content-type", "application/octet-stream");
    if (ifMatch) sending.setRequestHeader("if-match", ifMatch);
    sending.responseType = "json";
    sending.upload.addEventListener("progress", ({ loaded }) => sent(loaded));
    sending.addEventListener("loadend", () => resolve({ status: sending.status, body: sending.response ?? {} }));
    sending.send(file);
  });
}
