import { Refusal, request } from "../../lib/api.js";
import { h } from "../../lib/dom.js";
import { instant } from "../../lib/time.js";
import { createBadge } from "../../ui/badge.js";
import { createFault, createLoading } from "../../ui/blank.js";
import { openDrawer } from "../../ui/drawer.js";
import { kindText } from "./transitions.js";
import { badgeOf, factsOf, troubleOf } from "./words.js";

/**
 * @typedef {import("./words.js").Alert} Alert
 * @typedef {import("./acts.js").Acts} Acts
 * @typedef {{ takes: boolean, why?: string, channels?: string[], held?: { by: string, until: number } }} Way
 * @typedef {{ at?: number, firstAt?: number, isDelivered?: boolean, isOver?: boolean, isDead?: boolean }} Known
 * @typedef {{ routes?: Record<string, Way>, channels?: Record<string, Known>, steps?: { at: number, step: string, text: string }[], messageCount?: number }} Why
 */

/** All about one alert. @param {string} id @param {Alert} alert @param {import("../../lib/live-feed.js").LiveFeed} feed @param {Acts} acts */
export function openDetails(id, alert, feed, acts) {
  const facts = h("ul", { class: "alert-facts" }, ...factsOf(alert, feed.serverTime).map((text) => h("li", { text })));
  const rule = h("p", { class: "quiet", text: `Rule ${alert.rule ?? ""} on ${alert.board ?? ""}: ${alert.watch ?? ""}${alert.threshold ? ` ${alert.threshold}` : ""}` });
  const head = h("div", { class: "stack" }, createBadge(...badgeOf(alert)).element, facts, ...(alert.help ? [h("p", { class: "alert-help", text: `What to do: ${alert.help}` })] : []), rule);
  const parts = [];
  if (acts.has("why")) {
    parts.push(createPart("Why you were told, or were not", () => askWhy(id, alert, acts)));
  }
  if (acts.has("transitions")) {
    const query = { rule: alert.rule ?? "", key: alert.key ?? "", from: "-30d", limit: "200" };
    parts.push(createPart("What became of it", async () => pastOf(await request(acts.pathOf("transitions", query)), id)));
  }
  openDrawer(alert.text ?? alert.rule ?? "", [head, ...parts]);
}

/** Something that has to be asked for. @param {string} title @param {() => Promise<HTMLElement[]>} ask */
function createPart(title, ask) {
  const place = h("div", { class: "stack" });
  const load = async () => {
    place.replaceChildren(createLoading("Asking the server …"));
    try {
      place.replaceChildren(...await ask());
    } catch (error) {
      place.replaceChildren(createFault("This could not be read", troubleOf(error), () => void load()).element);
    }
  };
  void load();
  return h("section", { class: "stack" }, h("h3", { text: title }), place);
}

/** @param {string} id @param {Alert} alert @param {Acts} acts */
async function askWhy(id, { state }, acts) {
  const nothing = (/** @type {string} */ text) => [h("p", { class: "quiet", text })];
  if (state === "pending") return nothing("It does not fire yet, so nobody was told.");
  try {
    return whyOf(await request(acts.pathOf("why", { id })));
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return nothing("Nobody was told, and nothing is known of why.");
    throw error;
  }
}

/** From the rule by routes to channels. @param {Why} why */
function whyOf({ routes = {}, channels = {}, steps = [] }) {
  const ways = Object.entries(routes).map(([name, way]) => h("li", { text: `Route ${name}: ${wayText(way)}` }));
  const told = Object.entries(channels).map(([name, known]) => h("li", { text: `Channel ${name}: ${knownText(known)}` }));
  const all = steps.map(({ at, step, text }) => h("li", {}, h("span", { class: "quiet", text: `${instant(at, 0)} · ${step}` }), h("span", { text })));
  return [
    h("ul", { class: "alert-facts" }, ...(ways.length > 0 ? ways : [h("li", { text: "There is no route, so nobody is told. A file in alerts.d says who is." })]), ...told),
    h("ol", { class: "alert-steps" }, ...all),
  ];
}

/** @param {Way} way */
function wayText({ takes, why = "", channels = [], held }) {
  if (!takes) return `does not take it, because ${why || "it is for others"}.`;
  const to = channels.length > 0 ? `leads to ${channels.join(", ")}` : "leads to no channel";
  return held ? `${to}, and is held back by ${held.by} until ${instant(held.until, 0)}.` : `${to}.`;
}

/** @param {Known} known */
function knownText({ at, isDelivered, isOver, isDead }) {
  const when = at ? ` at ${instant(at, 0)}` : "";
  if (isDead) return `a message${when} was given up.`;
  return isDelivered ? `was told${when}${isOver ? ", also that it is over" : ""}.` : `a message${when && ` made${when}`} waits to be taken.`;
}

/** @param {any[]} rows @param {string} id */
function pastOf(rows, id) {
  const own = rows.filter((row) => row.id === id).reverse();
  if (own.length === 0) return [h("p", { class: "quiet", text: "Nothing is kept of it yet." })];
  return [h("ol", { class: "alert-steps" }, ...own.map(({ at, kind, alert }) => h("li", {}, h("span", { class: "quiet", text: `${instant(at, 0)} · ${kindText(kind)}` }), h("span", { text: alert?.text ?? "" }))))];
}
