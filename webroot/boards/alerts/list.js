import { beside } from "../../lib/board-address.js";
import { now as clock } from "../../lib/clock.js";
import { arrange, h, setHidden, setText } from "../../lib/dom.js";
import { areOn, isTaken } from "../../lib/keys.js";
import { instant } from "../../lib/time.js";
import { createIcon } from "../../ui/icon.js";
import { askToAcknowledge, askToSilence } from "./ask.js";
import { openDetails } from "./details.js";
import { createAlertRow } from "./row.js";
import { grouped, GROUPS, groupOf } from "./words.js";

/**
 * @typedef {import("./words.js").Alert} Alert
 * @typedef {import("./row.js").AlertRow} AlertRow
 */

/** How long something has lasted is written anew so often. */
const TICK_MS = 5_000;

/** What is the matter now, by group. @type {import("./board.js").Part} */
export function mountList(card, feed, directory, acts) {
  const well = createWell();
  const groups = GROUPS.map(([name, title, hint]) => createGroup(name, title, hint));
  const heading = h("h2", { id: "alerts-now-title", text: "Now" });
  const keys = h("p", { class: "card-hint" });
  card.setAttribute("aria-labelledby", heading.id);
  card.append(h("div", { class: "card-head" }, h("div", { class: "card-name" }, heading, keys)), well.element, ...groups.map(({ element }) => element));
  /** @type {Map<string, AlertRow>} */
  const rows = new Map();
  const alerts = () => /** @type {Record<string, Alert>} */ (feed.state?.alerts ?? {});
  /** A machine calls its boards as it knows them. @param {Alert} alert */
  const there = (alert) => ({ ...alert, board: beside(feed.board, alert.board ?? "") });
  const title = (/** @type {Alert} */ { board = "" }) => board === feed.board || !directory.of(board) ? undefined : directory.of(board)?.title ?? board;

  const actsOn = (/** @type {string} */ id) => {
    const alert = alerts()[id] ?? {};
    const group = groupOf(alert);
    return {
      open: () => openDetails(id, alert, feed, acts),
      acknowledge: acts.may("acknowledge") && alert.state === "firing" && alert.acknowledgedBy === undefined ? () => askToAcknowledge(acts, id, alert) : undefined,
      silence: acts.may("silence") && group !== "silenced" ? () => askToSilence(acts, alert, () => feed.serverTime) : undefined,
    };
  };
  const rowOf = (/** @type {string} */ id) => {
    const row = rows.get(id) ?? createAlertRow(() => actsOn(id));
    rows.set(id, row);
    return row;
  };
  const show = () => {
    if (feed.state === undefined) return;
    const all = grouped(alerts());
    const focused = document.activeElement;
    for (const [id, { element }] of rows) {
      if (Object.hasOwn(alerts(), id)) continue;
      element.remove();
      rows.delete(id);
    }
    for (const { name, element, list } of groups) {
      const inside = all.get(name) ?? [];
      setHidden(element, inside.length === 0);
      for (const [id, alert] of inside) rowOf(id).show(there(alert), title(there(alert)), feed.serverTime);
      arrange(list, inside.map(([id]) => rowOf(id).element));
    }
    // A row that has moved to another group has lost it.
    if (focused instanceof HTMLElement && focused !== document.activeElement && card.contains(focused)) focused.focus();
    const can = [acts.may("acknowledge") && "a acknowledges", acts.may("silence") && "s silences"].filter(Boolean);
    setText(keys, can.length > 0 ? `${can.join(", ")} the alert that has the focus.` : "");
    well.show(feed.state.verdict, feed.isLive(clock()), rows.size);
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const act = event.key === "a" ? "acknowledge" : event.key === "s" ? "silence" : undefined;
    if (act === undefined || event.shiftKey || isTaken(event) || !areOn()) return;
    const at = document.activeElement;
    const row = [...rows.values()].find(({ element }) => element.contains(at));
    const first = at === document.body || at?.id === "board" ? rows.get([...grouped(alerts()).values()].flat()[0]?.[0] ?? "") : undefined;
    const todo = (row ?? first)?.acts[act];
    if (!todo) return;
    event.preventDefault();
    todo();
  };
  addEventListener("keydown", pressed);
  const timer = setInterval(show, TICK_MS);
  const ends = [feed.watch((state) => state, show), acts.listen(show), () => clearInterval(timer), () => removeEventListener("keydown", pressed)];
  return () => {
    for (const end of ends) end();
  };
}

/** @param {string} name @param {string} title @param {string} hint */
function createGroup(name, title, hint) {
  const list = h("ul", { class: "alert-list", "aria-labelledby": `alerts-${name}` });
  const heading = h("h3", { id: `alerts-${name}`, text: title });
  return { name, list, element: h("div", { class: "stack", hidden: "" }, heading, ...(hint ? [h("p", { class: "quiet", text: hint })] : []), list) };
}

/** Where nothing is the matter, that is said as well, and since when; but only of a server that is heard. */
function createWell() {
  const icon = createIcon("check");
  const title = h("p", { class: "blank-title" });
  const more = h("p", { class: "quiet" });
  const element = h("div", { class: "blank", hidden: "" }, icon.element, title, more);
  /** @param {{ level?: string, since?: number } | undefined} verdict @param {boolean} isLive @param {number} count of alerts */
  const show = (verdict, isLive, count) => {
    setHidden(element, count > 0);
    const isWell = isLive && verdict?.level === "ok";
    icon.show(isWell ? "check" : "question");
    setText(title, isWell ? "All is well" : isLive ? "Nothing has been judged yet" : "It is not known now how things are");
    setText(more, isWell && verdict?.since ? `since ${instant(verdict.since, 0)}. What is wrong would be listed here.` : isLive ? "As soon as there are figures, they are judged by the rules." : "The server is not heard. The last that it said was no alert.");
  };
  return { element, show };
}
