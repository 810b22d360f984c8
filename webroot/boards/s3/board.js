import { isOfAnother } from "../../lib/board-address.js";
import { h } from "../../lib/dom.js";
import { byName, createRows } from "../../lib/rows.js";
import { mount as span } from "../../views/span.js";
import { createJob } from "./job.js";
import { createRuns } from "./runs.js";

/** The jobs that copy folders to S3, one card each. @type {import("../../views/board.js").Mount} */
export function mount(place, feed) {
  place.identity.replaceChildren(h("h1", { text: "S3" }));
  const jobs = h("div", { class: "s3-jobs wide-card" });
  const runs = createRuns(feed);
  place.board.append(jobs, ...(isOfAnother(feed.board) ? [] : [runs.element]));
  const rows = createRows(jobs, (name) => createJob(feed, name));
  const ends = [
    span(place.span, feed),
    feed.watch((state) => Object.keys(state.jobs ?? {}).sort(byName).join("\n"), (names) => rows.show(names ? names.split("\n") : [])),
    rows.clear,
    runs.remove,
  ];
  return () => {
    for (const end of ends) end();
  };
}
