import { address, request } from "../../lib/api.js";
import { h, setText } from "../../lib/dom.js";
import { bytes, duration, moment, number } from "../../lib/format.js";
import { createTable } from "../../ui/table.js";

/** How many files are loaded; all of them are in the table to download. */
const FILES = 1_000;

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed @typedef {import("../../ui/table.js").TableOptions} TableOptions */

/** Sessions that have ended, and what became of their files; loaded when they are looked at. @param {LiveFeed} feed */
export function createPast(feed) {
  const sessions = createPart(feed, "Sessions that have ended", "sessions", SESSIONS, async () =>
    byKey(await request(`api/boards/${feed.board}/sessions`), (each) => `${each.uploader}/${each.id}`));
  const files = createPart(feed, "Files of these sessions", "files", FILE_TABLE, async () =>
    byKey((await request(`api/boards/${feed.board}/files?limit=${FILES}`)).files, (each) => String(each.number)));
  return {
    elements: [sessions.element, files.element],
    remove: () => {
      sessions.remove();
      files.remove();
    },
  };
}

/** @param {any[]} rows @param {(row: any) => string} key @returns {Record<string, any>} */
function byKey(rows, key) {
  return Object.fromEntries(rows.map((row) => [key(row), row]));
}

/** @param {LiveFeed} feed @param {string} title @param {string} name @param {TableOptions} options @param {() => Promise<Record<string, any>>} read */
function createPart(feed, title, name, options, read) {
  const said = h("p", { class: "quiet", role: "status" });
  const table = createTable(options);
  const link = h("a", { href: address(`api/boards/${feed.board}/${name}.csv`).href, text: `${name}.csv`, download: `${name}.csv` });
  const element = h("details", { class: "card wide-card uploads-past" }, h("summary", { text: title }),
    h("div", { class: "card-body" }, said, table.element, h("p", {}, link)));
  const load = async () => {
    if (!(element instanceof HTMLDetailsElement) || !element.open) return;
    try {
      table.show(await read());
      setText(said, "");
    } catch (error) {
      setText(said, `They cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  element.addEventListener("toggle", () => void load());
  const end = feed.watch((state) => Object.values(state.uploaders ?? {}).map((each) => each.session?.endedAt ?? "").join(), () => void load());
  return { element, remove: end };
}

/** @type {TableOptions} */
const SESSIONS = {
  caption: "Sessions that have ended", what: "sessions", name: "uploads-sessions", few: 10,
  columns: [
    { key: "uploader", name: "Uploader", text: (row) => row.uploader },
    { key: "startedAt", name: "Begun", value: (row) => row.startedAt, text: (row) => moment(row.startedAt), isNumber: true },
    { key: "seconds", name: "Took", value: (row) => row.endedAt - row.startedAt, text: (row) => duration(row.endedAt - row.startedAt), isNumber: true },
    { key: "phase", name: "Ended", value: (row) => row.phase, text: (row) => (row.reason ? `${row.phase}: ${row.reason}` : row.phase) },
    { key: "uploaded", name: "Uploaded", value: (row) => row.uploaded, text: (row) => `${number(row.uploaded)}, ${bytes(row.done)}`, isNumber: true },
    { key: "failed", name: "Failed", value: (row) => row.failed, text: (row) => number(row.failed), isNumber: true },
  ],
  order: { column: "startedAt", isDown: true },
  empty: "No session has ended yet.",
};

/** @type {TableOptions} */
const FILE_TABLE = {
  caption: "Files of these sessions", what: "files", name: "uploads-files", few: 20,
  columns: [
    { key: "path", name: "File", text: (row) => row.path },
    { key: "result", name: "Result", value: (row) => row.result, text: (row) => (row.why ? `${row.result}: ${row.why}` : row.result) },
    { key: "bytes", name: "Size", value: (row) => row.bytes, text: (row) => bytes(row.bytes), isNumber: true },
    { key: "account", name: "Account", text: (row) => row.account ?? "" },
    { key: "uploader", name: "Uploader", text: (row) => row.uploader },
    { key: "at", name: "Finished", value: (row) => row.number, text: (row) => moment(row.at), isNumber: true },
  ],
  order: { column: "at", isDown: true },
  empty: "No file is finished yet.",
};
