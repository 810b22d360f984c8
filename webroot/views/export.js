import { request } from "../lib/api.js";
import { h, setText } from "../lib/dom.js";
import { bytes, day, number } from "../lib/format.js";
import { csvAddress } from "../lib/history-request.js";
import { draw, save } from "../lib/picture.js";
import { interval, timeZone } from "../lib/time.js";

/**
 * @typedef {import("../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {{ ok: boolean, reason?: string, bytes?: number, mostBytes?: number, series?: number, mostSeries?: number,
 *   since?: number, days?: number }} Kept what the server says of its history on disk
 */

/** A menu: what is shown as a file, and what the server keeps. @param {LiveFeed} feed */
export function createExport(feed) {
  const table = h("a", { text: "Figures as CSV", download: "" });
  const picture = h("button", { type: "button", text: "Charts as PNG" });
  const kept = h("p", { class: "quiet", role: "status" });
  const summary = h("summary", { text: "Export" });
  const element = h("details", { class: "account export" }, summary, h("div", { class: "account-menu" }, table, picture, kept));
  const link = () => table.setAttribute("href", csvAddress(feed, shown(feed)));
  element.addEventListener("toggle", () => {
    if (!element.open) return;
    link();
    void request(`api/boards/${feed.board}/series`).then((answer) => describe(answer.kept), (error) => error.message).then((text) => setText(kept, text));
  });
  for (const event of ["pointerdown", "focus"]) table.addEventListener(event, link);
  picture.addEventListener("click", () => void take(feed).catch((error) => setText(kept, `No picture: ${error.message}.`)));
  const close = (/** @type {Event} */ event) => {
    if (element.open && !(event.target instanceof Node && element.contains(event.target))) element.open = false;
  };
  element.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !element.open) return;
    element.open = false;
    summary.focus();
  });
  for (const event of ["pointerdown", "focusin"]) document.addEventListener(event, close);
  const remove = () => {
    for (const event of ["pointerdown", "focusin"]) document.removeEventListener(event, close);
  };
  return { element, remove };
}

/** @param {LiveFeed} feed */
function shown({ history: { bounds: [from, to] } }) {
  return { from: Math.floor(from), to: Math.ceil(to) };
}

/** @param {LiveFeed} feed */
async function take(feed) {
  const host = feed.facts.current?.name ?? location.hostname;
  const { from, to } = shown(feed);
  const charts = [...feed.history.pointing.charts].filter(({ element }) => element.checkVisibility());
  save(await draw(charts, `${host}, ${interval(from, to)}, ${timeZone}`), `pulseboard-${host}-${new Date(from).toISOString().slice(0, 16).replace(":", "")}.png`);
}

/** @param {Kept} kept */
export function describe({ ok, reason, bytes: size, mostBytes, series, mostSeries, since, days }) {
  if (!ok) return `Only the last 15 minutes are there: ${reason ?? "the server keeps no history"}.`;
  const parts = [
    since !== undefined && `Kept since ${day(since)}.`,
    days !== undefined && `Figures are forgotten after ${number(days)} days.`,
    size !== undefined && `${bytes(size)}${mostBytes === undefined ? "" : ` of at most ${bytes(mostBytes)}`} on the server's disk.`,
    series !== undefined && mostSeries !== undefined && `${number(series)} of at most ${number(mostSeries)} series.`,
  ];
  return parts.filter(Boolean).join(" ");
}
