import { request } from "../../lib/api.js";
import { h, setText } from "../../lib/dom.js";
import { bytes, moment } from "../../lib/format.js";
import { mayAct } from "../../lib/scopes.js";
import { openDrawer } from "../../ui/drawer.js";
import { act, createAct, createSaid, forOperators } from "./acts.js";
import { createComparison } from "./compare.js";
import { createEditor } from "./edit.js";
import { readText, readTextNow } from "./texts.js";
import { eventText } from "./words.js";

/** @typedef {{ contentId: string, sizeBytes: number, keptAt: number, nodes: string[] }} Version */

/**
 * A file, and what is kept of what it was.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {string} folder
 * @param {string} path
 * @param {boolean} isFile
 */
export async function openVersions(feed, folder, path, isFile) {
  const mayDownload = mayAct(feed.bus.session.who?.scopes ?? [], feed.board);
  const list = h("ul", { class: "sync-versions" });
  const state = h("p", { class: "quiet", role: "status", text: "The machines are asked…" });
  const { element: said, say } = createSaid();
  /** @type {(() => void)[]} */
  const ends = [];
  const address = (/** @type {string} */ contentId) => `api/boards/${feed.board}/content?${new URLSearchParams({ folder, path, contentId })}`;
  /** @param {Version} version */
  const createItem = ({ contentId, sizeBytes, keptAt, nodes }) => {
    const when = moment(keptAt);
    const node = nodes[0] ?? "";
    const back = createAct("Restore", `Restore ${path} as it was until ${when}`, async () => {
      if (await act(feed, "restore", { folder, path, contentId, node }, say)) say(`${node} has put it there; it comes to all machines.`);
    });
    ends.push(forOperators(feed, back));
    const compare = createAct("Compare", `Compare ${path} as it was until ${when} with what it is now`, () => void show(async () => {
      const [was, is] = await Promise.all([readText(feed, { folder, path, contentId, size: sizeBytes, kind: "file" }), readTextNow(feed, folder, path)]);
      return was.text !== undefined && is.text !== undefined
        ? createComparison(`Differences of ${path}`, { name: "the old version", text: was.text }, { name: "what it is now", text: is.text })
        : h("p", { role: "status", text: `They cannot be compared: ${[was.why, is.why].filter(Boolean).join("; ")}.` });
    }));
    ends.push(forOperators(feed, compare));
    const link = mayDownload ? [h("a", { text: "Download", href: address(contentId), download: "", "aria-label": `Download ${path} as it was until ${when}` })] : [];
    return h("li", {}, h("span", { text: `${bytes(sizeBytes)}, until ${when}, on ${nodes.join(", ")}` }), h("span", { class: "sync-buttons" }, back, compare, ...link));
  };
  const looked = h("div", { class: "sync-looked" });
  const show = async (/** @type {() => Promise<HTMLElement>} */ made) => {
    looked.replaceChildren(h("p", { class: "quiet", role: "status", text: "The machines are asked\u2026" }));
    looked.replaceChildren(await made());
  };
  const edit = createAct("Edit", `Edit ${path}`, () => void show(async () => {
    const { text, why, base } = await readTextNow(feed, folder, path);
    if (text === undefined || !base) return h("p", { role: "status", text: `It cannot be edited: ${why}.` });
    return createEditor(feed, base, text, { keep: "Put it there", kept: (_, machine) => {
      looked.replaceChildren(h("p", { role: "status", text: `${machine} has put it there; it comes to all machines.` }));
      edit.focus();
    } });
  }));
  const now = isFile && mayDownload ? [h("p", { class: "sync-buttons" }, edit, h("a", { text: "Download it as it is now", href: `api/boards/${feed.board}/content?${new URLSearchParams({ folder, path })}`, download: "" }))] : [];
  const happened = h("ol", { class: "sync-list sync-events" });
  openDrawer(path, [...now, h("h3", { text: "What it was" }), state, list, said, looked, h("h3", { text: "What happened to it" }), happened], () => {
    for (const end of ends) end();
  });
  ends.push(feed.watch((one) => one.folders?.[folder]?.headSequence, () => void tell(feed, folder, path, happened)));
  try {
    const { versions } = await request(`api/boards/${feed.board}/versions?${new URLSearchParams({ folder, path })}`);
    list.replaceChildren(...versions.map(createItem));
    setText(state, versions.length === 0 ? "No old version is kept. What others replaced or deleted is, ten seconds after that." : "");
  } catch (error) {
    setText(state, String(error instanceof Error ? error.message : error));
  }
}

/**
 * What happened to a file, in the order in which the coordinator heard of it.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {string} folder
 * @param {string} path
 * @param {HTMLElement} list
 */
async function tell(feed, folder, path, list) {
  const { events } = await request(`api/boards/${feed.board}/events?${new URLSearchParams({ folder, path })}`).catch(() => ({ events: [] }));
  list.replaceChildren(...events.map((/** @type {any} */ event) =>
    h("li", {}, h("span", { class: "quiet", text: moment(event.at) }), h("bdi", { text: eventText(feed.state, event) }))));
  if (events.length === 0) list.append(h("li", { class: "quiet", text: "Nothing of it is known any more." }));
}
