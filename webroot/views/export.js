import { machineOf } from "../lib/board-address.js";
import { now } from "../lib/clock.js";
import { h, setHidden, setText } from "../lib/dom.js";
import { csvAddress } from "../lib/history-request.js";
import { within } from "../lib/marks.js";
import { inWords } from "../lib/storage-status.js";
import { createMenu } from "../lib/menu.js";
import { interval, timeZone } from "../lib/time.js";

/** @typedef {import("../lib/live-feed.js").LiveFeed} LiveFeed */

/** A menu: what is shown as a file, and what the server keeps. @param {LiveFeed} feed @param {import("../lib/storage-status.js").Kept} kept */
export function createExport(feed, kept) {
  const table = h("a", { text: "Figures as CSV", download: "" });
  const picture = h("button", { type: "button", text: "Charts as PNG" });
  const note = h("p", { class: "quiet", role: "status" });
  const events = h("button", { type: "button", text: "Events as CSV", hidden: "" });
  const { element, remove } = createMenu("export", h("summary", { text: "Export" }), table, events, picture, note);
  const link = () => table.setAttribute("href", csvAddress(feed, shown(feed)));
  element.addEventListener("toggle", () => {
    if (!element.open) return;
    link();
    setHidden(events, happened(feed).length === 0);
    void kept.ask(now()).then(inWords, (error) => error.message).then((text) => setText(note, text));
  });
  for (const event of ["pointerdown", "focus"]) table.addEventListener(event, link);
  events.addEventListener("click", () => void takeEvents(feed).catch((error) => setText(note, `No table: ${error.message}.`)));
  picture.addEventListener("click", () => void take(feed).catch((error) => setText(note, `No picture: ${error.message}.`)));
  return { element, remove };
}

/** @param {LiveFeed} feed */
function shown({ history: { bounds: [from, to] } }) {
  return { from: Math.floor(from), to: Math.ceil(to) };
}

/** @param {LiveFeed} feed */
function happened({ history: { bounds: [from, to], pointing: { marks } } }) {
  return within(marks, from, to);
}

/** @param {LiveFeed} feed */
async function takeEvents(feed) {
  const { save } = await import("../lib/picture.js");
  const { toCsv } = await import("../lib/events-csv.js");
  save(new Blob([toCsv(happened(feed))], { type: "text/csv" }), `${fileName(feed)}-events.csv`);
}

/** @param {LiveFeed} feed */
function fileName(feed) {
  return `pulseboard-${feed.facts.current?.name ?? machineOf(feed.board)}-${new Date(shown(feed).from).toISOString().slice(0, 16).replace(":", "")}`;
}

/** @param {LiveFeed} feed */
async function take(feed) {
  const { draw, save } = await import("../lib/picture.js");
  const host = feed.facts.current?.name ?? machineOf(feed.board);
  const { from, to } = shown(feed);
  const charts = [...feed.history.pointing.charts].filter(({ element }) => element.getClientRects().length > 0);
  save(await draw(charts, `${host}, ${interval(from, to)}, ${timeZone}`), `${fileName(feed)}.png`);
}
