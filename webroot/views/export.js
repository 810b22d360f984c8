import { machineOf } from "../lib/board-address.js";
import { now } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";
import { csvAddress } from "../lib/history-request.js";
import { inWords } from "../lib/storage-status.js";
import { createMenu } from "../lib/menu.js";
import { interval, timeZone } from "../lib/time.js";

/** @typedef {import("../lib/live-feed.js").LiveFeed} LiveFeed */

/** A menu: what is shown as a file, and what the server keeps. @param {LiveFeed} feed @param {import("../lib/storage-status.js").Kept} kept */
export function createExport(feed, kept) {
  const table = h("a", { text: "Figures as CSV", download: "" });
  const picture = h("button", { type: "button", text: "Charts as PNG" });
  const note = h("p", { class: "quiet", role: "status" });
  const { element, remove } = createMenu("export", h("summary", { text: "Export" }), table, picture, note);
  const link = () => table.setAttribute("href", csvAddress(feed, shown(feed)));
  element.addEventListener("toggle", () => {
    if (!element.open) return;
    link();
    void kept.ask(now()).then(inWords, (error) => error.message).then((text) => setText(note, text));
  });
  for (const event of ["pointerdown", "focus"]) table.addEventListener(event, link);
  picture.addEventListener("click", () => void take(feed).catch((error) => setText(note, `No picture: ${error.message}.`)));
  return { element, remove };
}

/** @param {LiveFeed} feed */
function shown({ history: { bounds: [from, to] } }) {
  return { from: Math.floor(from), to: Math.ceil(to) };
}

/** @param {LiveFeed} feed */
async function take(feed) {
  const { draw, save } = await import("../lib/picture.js");
  const host = feed.facts.current?.name ?? machineOf(feed.board);
  const { from, to } = shown(feed);
  const charts = [...feed.history.pointing.charts].filter(({ element }) => element.getClientRects().length > 0);
  save(await draw(charts, `${host}, ${interval(from, to)}, ${timeZone}`), `pulseboard-${host}-${new Date(from).toISOString().slice(0, 16).replace(":", "")}.png`);
}
