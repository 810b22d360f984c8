import { address, request } from "../../lib/api.js";
import { h, setText } from "../../lib/dom.js";
import { bytes, duration, moment, number } from "../../lib/format.js";
import { createTable } from "../../ui/table.js";

/**
 * Runs that were, loaded when they are looked at; each list of a run is a link.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 */
export function createRuns(feed) {
  const said = h("p", { class: "quiet", role: "status" });
  const lists = h("p", { class: "s3-lists" });
  const table = createTable({
    caption: "Runs that were", what: "runs", name: "s3-runs", few: 10,
    columns: [
      { key: "job", name: "Job", text: (run) => run.job },
      { key: "startedAt", name: "Begun", value: (run) => run.startedAt, text: (run) => moment(run.startedAt), isNumber: true },
      { key: "seconds", name: "Took", value: (run) => run.endedAt - run.startedAt, text: (run) => duration(run.endedAt - run.startedAt), isNumber: true },
      { key: "phase", name: "Ended", value: (run) => run.phase, text: (run) => run.phase + (run.dryRun ? " (dry run)" : "") },
      { key: "uploaded", name: "Sent", value: (run) => run.uploaded, text: (run) => `${number(run.uploaded)}, ${bytes(run.doneBytes)}`, isNumber: true },
      { key: "failed", name: "Failed", value: (run) => run.failed, text: (run) => number(run.failed), isNumber: true },
      { key: "deleted", name: "Deleted", value: (run) => run.deleted, text: (run) => number(run.deleted), isNumber: true },
    ],
    order: { column: "startedAt", isDown: true },
    open: (id) => lists.replaceChildren(`${id}: `, ...["files", "errors", "warnings", "plan"].flatMap((name) => [link(feed.board, id, name), " "])),
    empty: "No run has ended yet.",
  });
  const element = h("details", { class: "card s3-runs wide-card" }, h("summary", { text: "Runs that were" }), h("div", { class: "card-body" }, said, table.element, lists));
  const load = async () => {
    if (!(element instanceof HTMLDetailsElement) || !element.open) return;
    try {
      const { runs = [] } = await request(`api/boards/${feed.board}/runs`);
      table.show(Object.fromEntries(runs.map((/** @type {any} */ run) => [run.id, run])));
      setText(said, "");
    } catch (error) {
      setText(said, `Runs cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  element.addEventListener("toggle", () => void load());
  const end = feed.watch((state) => Object.values(state.jobs ?? {}).map((job) => job.run?.endedAt ?? "").join(), () => void load());
  return { element, remove: end };
}

/** @param {string} board @param {string} id @param {string} name */
function link(board, id, name) {
  return h("a", { href: address(`api/boards/${board}/runs/${encodeURIComponent(id)}/${name}.csv`).href, text: `${name}.csv`, download: `${id}-${name}.csv` });
}
