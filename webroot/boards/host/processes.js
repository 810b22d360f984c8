import { sourceOf } from "../../lib/board-address.js";
import { Card, createReadings, reason } from "../../lib/card.js";
import { h, recall, remember, setHidden, setText } from "../../lib/dom.js";
import { number, withUnit } from "../../lib/format.js";
import { roundUp } from "../../lib/scale.js";
import { createTable } from "./process-table.js";
import { seriesName } from "../../lib/series-name.js";
import { createSmallChart } from "../../lib/small-chart.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

/** The board with the list of all processes. */
export const PROCESSES = "processes";
const BARRED = "This sign-in may not see the list of processes: it lacks the scope read:board.processes.";

/**
 * Listing processes costs the server: it does so only while somebody looks. Not every other machine sends its list.
 * @type {import("./board.js").Mount}
 */
export function mount(element, feed, directory) {
  const card = new Card(element, feed, { title: "Processes", sampler: "processes" });
  const list = feed.sibling(PROCESSES);
  const counts = createReadings(feed, [
    { name: "processes", read: (state) => state.processes?.count, text: (value) => withUnit(value, "") },
    { name: "threads", read: (state) => state.processes?.threadCount, text: (value) => withUnit(value, "") },
    { name: "running", read: (state) => state.processes?.runningCount, text: (value) => withUnit(value, "") },
  ]);
  counts.element.classList.add("tight");
  const chart = createSmallChart(feed, {
    label: "Processes", text: (value) => number(value), least: 1, roof: roundUp,
    series: [{ name: "processes", tone: "tone-level", read: (state) => state.processes?.count, from: [seriesName("processes", "count")] }],
  });
  const table = createTable(list);
  const note = h("p", { class: "card-note", hidden: "" });
  const panel = h("div", { id: "processes-panel", class: "stack" }, note, table.element);
  const barred = h("p", { class: "card-note", hidden: "", text: BARRED });
  card.ends.add(counts.remove, chart.remove, table.remove, list.watch((state) => reason(state, "processes"), (text) => {
    note.hidden = text === undefined;
    setText(note, text ?? "");
  }));
  card.head.append(fold(panel, card, list));
  card.body.append(h("div", { class: "beside" }, counts.element, chart.element), barred, panel);
  const show = () => setHidden(element, !isThere(list.board, directory));
  show();
  card.ends.add(directory.listen(show), list.bus.session.listen(() => {
    barred.hidden = list.bus.session.mayRead(list.board);
  }));
  return card.ends.run;
}

/** Whether a machine has such a list; nobody waits to be told that this one has. @param {string} board @param {import("../../lib/directory.js").Directory} directory */
export function isThere(board, directory) {
  return sourceOf(board) === "" || directory.of(board) !== undefined;
}

/**
 * The button that opens and closes the list. The list is subscribed to while it is open, on screen, in the tab in front,
 * and may be seen.
 * @param {HTMLElement} panel
 * @param {Card} card
 * @param {LiveFeed} list
 */
function fold(panel, card, list) {
  const button = h("button", { type: "button", class: "fold", "aria-controls": panel.id });
  let open = recall("processes", "open") === "open";
  let onScreen = false;
  const update = () => {
    const allowed = list.bus.session.mayRead(list.board);
    button.hidden = !allowed;
    panel.hidden = !open || !allowed;
    button.setAttribute("aria-expanded", String(open));
    setText(button, open ? "Hide list" : "Show list");
    if (allowed && open && onScreen && document.visibilityState === "visible") list.start();
    else list.stop();
  };
  button.addEventListener("click", () => {
    open = !open;
    remember("processes", open ? "open" : "closed");
    update();
  });
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting ?? false;
    update();
  });
  observer.observe(card.element);
  document.addEventListener("visibilitychange", update);
  card.ends.add(list.bus.session.listen(update), () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", update);
    list.stop();
  });
  update();
  return button;
}
