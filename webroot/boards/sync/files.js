import { request } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes, moment } from "../../lib/format.js";
import { createTable } from "../../ui/table.js";
import { section } from "./overview.js";
import { createUpload } from "./upload.js";
import { openVersions } from "./versions.js";
import { nameOf } from "./words.js";

const PAGE = 200;

/** What the folders hold, by the coordinator's last word. @type {import("./board.js").Part} */
export function mountFiles(place, feed) {
  const folder = h("select", { "aria-label": "Folder" });
  const prefix = h("input", { type: "search", "aria-label": "Path begins with", placeholder: "path begins with", autocomplete: "off" });
  const said = h("p", { class: "quiet", role: "status" });
  const more = h("button", { type: "button", text: "More" });
  const table = createTable({
    open: (key) => void openVersions(feed, folder.value, key, rows[key]?.kind === "file"),
    caption: "Files", what: "files", few: PAGE, order: { column: "path", isDown: false }, empty: "Nothing here.",
    columns: [
      { key: "path", name: "path", text: (row) => row.path },
      { key: "size", name: "size", isNumber: true, text: (row) => row.kind === "file" ? bytes(row.size) : row.kind, value: (row) => row.size },
      { key: "time", name: "file time", isWide: true, text: (row) => row.kind === "file" ? moment(row.mtimeNanos / 1e6) : undefined, value: (row) => row.mtimeNanos },
      { key: "device", name: "last told by", isWide: true, text: (row) => row.by },
      { key: "seq", name: "change", isNumber: true, isWide: true, text: (row) => String(row.seq), value: (row) => row.seq },
    ],
  });
  /** @type {Record<string, any>} */
  let rows = {};
  let after = "";
  let round = 0;
  const load = async (/** @type {boolean} */ isMore) => {
    const mine = ++round;
    if (!isMore) [rows, after] = [{}, ""];
    if (!folder.value) return;
    try {
      const query = new URLSearchParams({ folder: folder.value, prefix: prefix.value, after, limit: String(PAGE) });
      const { files, next } = await request(`api/boards/${feed.board}/files?${query}`);
      if (mine !== round) return;
      for (const file of files) rows[file.path] = { ...file, by: nameOf(feed.state, file.device) };
      after = next ?? "";
      table.show(rows);
      setHidden(more, !next);
      setText(said, "");
    } catch (error) {
      setText(said, String(error instanceof Error ? error.message : error));
    }
  };
  folder.addEventListener("change", () => void load(false));
  prefix.addEventListener("input", () => void load(false));
  more.addEventListener("click", () => void load(true));
  setHidden(more, true);
  const card = section("Files");
  const upload = createUpload(feed, card, () => folder.value);
  card.querySelector(".card-body")?.append(h("div", { class: "sync-buttons" }, folder, prefix), upload.element, said, table.element, more);
  place.append(card);
  const end = feed.watch((state) => Object.entries(state.folders ?? {}).map(([id, one]) => `${id} ${one.headSequence}`).join("\n"), (text) => {
    const ids = text ? text.split("\n").map((line) => line.split(" ")[0] ?? "") : [];
    const chosen = ids.includes(folder.value) ? folder.value : ids[0] ?? "";
    folder.replaceChildren(...ids.map((id) => h("option", { value: id, text: id })));
    folder.value = chosen;
    void load(false);
  });
  return () => {
    end();
    upload.remove();
  };
}
