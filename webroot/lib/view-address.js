import { now } from "./clock.js";
import { fromQuery, toQuery } from "./span.js";

/** What follows each other faster belongs to one drag or one turn of the wheel: "back" goes to where that began. */
const ONE_MOVE_MS = 1_000;

/**
 * Keeps the span in the page's address, before the "#", which tokens come by: a link, a reload and "back" show the same.
 * @param {import("./live-feed.js").LiveFeed} feed
 * @returns {() => void} ends it
 */
export function keepInAddress(feed) {
  const { history: timeline } = feed;
  const read = () => timeline.show(fromQuery(new URLSearchParams(location.search), feed.serverTime));
  let written = -ONE_MOVE_MS;
  let last = timeline.view;
  const write = () => {
    if (timeline.view === last) return;
    last = timeline.view;
    const query = toQuery(last, new URLSearchParams(location.search)).toString();
    const target = `${location.pathname}${query && `?${query}`}${location.hash}`;
    if (target === location.pathname + location.search + location.hash) return;
    if (now() - written < ONE_MOVE_MS) history.replaceState(null, "", target);
    else history.pushState(null, "", target);
    written = now();
  };
  read();
  last = timeline.view;
  const stop = timeline.listen(write);
  addEventListener("popstate", read);
  return () => {
    stop();
    removeEventListener("popstate", read);
  };
}
