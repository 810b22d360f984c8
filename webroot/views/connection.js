import { roundTrip } from "../lib/api.js";
import { now } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { isOffline, knownTo } from "../lib/health.js";
import { describe } from "../lib/status.js";

const MEASURE_EVERY_MS = 15_000;
const KEPT = 5;

/**
 * The state of the connection. Only the one word is announced to screen readers: counting seconds aloud would
 * drown everything else.
 * @param {HTMLElement} element
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 */
export function mountConnection(element, feed) {
  const word = h("strong", { class: "connection-word", role: "status", "aria-live": "polite" });
  const detail = h("span", { class: "connection-detail" });
  const way = h("span", { class: "connection-way" });
  const delay = h("span", { class: "connection-delay", title: "time from a small request to its answer" });
  element.append(h("i", { class: "dot", "aria-hidden": "true" }), word, detail, way, delay);

  const show = () => {
    const time = now();
    const { phase, reason, restartingAt, transport } = feed.bus.connection;
    const { heardAt, missing, trouble } = feed;
    const offlineFor = isOffline(feed.health) ? feed.serverTime - knownTo(feed, time) : undefined;
    const state = describe({ phase, reason, restartingAt, heardAt, live: feed.isLive(time), offlineFor, missing, trouble }, time);
    // In a past view there are figures of the past on the page: they are not live.
    const isPast = feed.history.view.to !== undefined;
    setText(word, state.word === "live" && isPast ? "connected" : state.word);
    setText(detail, state.detail);
    setText(way, state.word === "live" ? transport : "");
    delay.hidden = state.word !== "live";
    document.body.dataset.connection = state.word;
  };
  const timer = setInterval(show, 250);
  const stopView = feed.history.listen(show);
  const stopListening = feed.listen(show);
  const stopMeasuring = measure(feed, (text) => setText(delay, text));
  show();
  return () => {
    clearInterval(timer);
    stopListening();
    stopView();
    stopMeasuring();
    delete document.body.dataset.connection;
  };
}

/**
 * Shows the median of the last few, since one slow answer says little.
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 * @param {(text: string) => void} show
 */
function measure(feed, show) {
  /** @type {number[]} */
  const newest = [];
  const once = async () => {
    if (document.visibilityState !== "visible" || feed.bus.connection.phase !== "open") return;
    try {
      newest.push(await roundTrip());
    } catch {
      return; // The connection's own state tells what is wrong.
    }
    if (newest.length > KEPT) newest.shift();
    const median = [...newest].sort((a, b) => a - b)[(newest.length - 1) >> 1] ?? 0;
    show(`${number(median, median < 9.95 ? 1 : 0)}\u202fms`);
  };
  const timer = setInterval(once, MEASURE_EVERY_MS);
  const stop = feed.facts.listen(() => void once());
  return () => {
    clearInterval(timer);
    stop();
  };
}
