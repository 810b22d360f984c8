import { request } from "../../lib/api.js";
import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { number } from "../../lib/format.js";
import { byName, createRows } from "../../lib/rows.js";
import { instant } from "../../lib/time.js";
import { createBadge } from "../../ui/badge.js";
import { createEmpty } from "../../ui/blank.js";
import { createBrowserSwitch } from "./browser.js";
import { createDoer, fillCard } from "./card.js";

/**
 * @typedef {{ ok?: boolean, since?: number, reason?: string, waitingCount?: number }} Channel
 * @typedef {{ channel?: string, message?: { subject?: string, at?: number }, tries?: number, nextAt?: number, reason?: string, diedAt?: number }} Letter
 */

const HOW = "A channel is a few lines in a file of the folder alerts.d, beside the settings file: mail, webhook, ntfy, Slack, Telegram and others. docs/channels.md has an example of each.";

/** The ways to people: whether they work, a test, and what waits. @type {import("./board.js").Part} */
export function mountChannels(card, feed, _, acts) {
  const list = h("ul", { class: "alert-list" });
  const none = createEmpty("Nobody is told of alerts", HOW);
  const outbox = createOutbox(acts);
  const browser = createBrowserSwitch(acts);
  fillCard(card, "channels", "Channels").append(none, list, browser.element, outbox.element);
  /** @type {Map<string, (channel: Channel) => void>} */
  const shows = new Map();
  const rows = createRows(list, (name) => {
    const row = createChannel(name, acts);
    shows.set(name, row.show);
    return { element: row.element, remove: () => shows.delete(name) };
  });
  const show = () => {
    const channels = /** @type {Record<string, Channel> | undefined} */ (feed.state?.channels);
    setHidden(card, channels === undefined); // A server that tells nobody yet.
    const names = Object.keys(channels ?? {}).sort(byName);
    setHidden(none, names.length > 0);
    rows.show(names);
    for (const name of names) shows.get(name)?.(channels?.[name] ?? {});
    setHidden(outbox.element, names.length === 0 || !acts.has("outbox"));
  };
  const ends = [feed.watch((state) => state?.channels, show), acts.listen(show), acts.listen(browser.show), rows.clear];
  return () => {
    for (const end of ends) end();
  };
}

/** @param {string} name @param {import("./acts.js").Acts} acts */
function createChannel(name, acts) {
  const badge = createBadge();
  const more = h("p", { class: "quiet" });
  const test = createDoer("Send a test", async () => `It answered: ${(await acts.act("test", { channel: name })).answer || "nothing, which is well"}`, name);
  const place = h("div", { class: "alert-acts" }, test.button);
  const element = h("li", { class: "alert" }, h("div", { class: "alert-head" }, badge.element, h("span", { class: "row-name", text: name })), more, test.said, place);
  const show = (/** @type {Channel} */ channel) => {
    const { ok, since, reason = "", waitingCount = 0 } = channel;
    setAttribute(element, "data-level", ok === false ? "critical" : undefined);
    badge.show(ok === false ? "failed" : since ? "ok" : "waiting", ok === false ? "failing" : since ? "works" : "not used yet");
    const when = since ? `${ok === false ? "since" : "works since"} ${instant(since, 0)}` : "";
    const waits = waitingCount > 0 ? `${number(waitingCount)} ${waitingCount === 1 ? "message waits" : "messages wait"}` : "";
    setText(more, [when, waits, ok === false ? reason : ""].filter(Boolean).join(" · "));
    setHidden(more, more.textContent === "");
    setHidden(place, !acts.may("test"));
  };
  return { element, show };
}

/** What waits and what was given up, when somebody asks. @param {import("./acts.js").Acts} acts */
function createOutbox(acts) {
  const place = h("div", { class: "stack" });
  const look = createDoer("Show messages that wait, and those given up", async () => {
    const { waiting = [], dead = [] } = await request(acts.pathOf("outbox"));
    place.replaceChildren(
      letters("Waiting", waiting, ({ channel, tries = 0, nextAt }) => `by ${channel}, tried ${tries} times, next at ${nextAt ? instant(nextAt, 0) : "once"}`),
      letters("Given up", [...dead].reverse(), ({ channel, tries = 0, diedAt }) => `by ${channel}, tried ${tries} times${diedAt ? `, given up at ${instant(diedAt, 0)}` : ""}`));
  });
  return { element: h("div", { class: "block" }, h("div", { class: "alert-acts" }, look.button, look.said), place) };
}

/** @param {string} title @param {Letter[]} all @param {(letter: Letter) => string} more */
function letters(title, all, more) {
  const rows = all.slice(0, 100).map((letter) => h("li", {}, h("span", { text: letter.message?.subject ?? "" }), h("span", { class: "quiet", text: `${more(letter)}${letter.reason ? `: ${letter.reason}` : ""}` })));
  return h("div", { class: "stack" }, h("h3", { text: `${title}: ${number(all.length)}` }), h("ul", { class: "alert-steps" }, ...rows));
}
