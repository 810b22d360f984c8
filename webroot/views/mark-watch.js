import { firing } from "../lib/verdict-parts.js";

/** A start that is as new as that is on the axis of the page as it opens. */
const NEW_MS = 120_000;

/**
 * Has what happened shown on the time axis, as soon as there is anything: on most days, on the page as it opens, there is nothing, and nothing is loaded.
 * @param {import("../lib/live-feed.js").LiveFeed} feed of the board
 * @param {import("../lib/live-feed.js").LiveFeed} alerts
 * @param {import("../lib/directory.js").Directory} directory
 * @returns {() => void} ends it
 */
export function watchMarks(feed, alerts, directory) {
  const span = document.querySelector("#span");
  let isOver = false;
  let isWanted = false;
  let unmount = () => {};
  const look = () => {
    const { rings, isPlain } = feed.history;
    const { bootedAt = 0, pulseboard } = feed.facts.current ?? {};
    const isNew = feed.serverTime - Math.max(bootedAt, pulseboard?.startedAt ?? 0) < NEW_MS;
    if (isWanted || rings.lines.length === 0 || !(span instanceof HTMLElement)) return; // A board without charts.
    
    if (isPlain && !isNew && firing(alerts.state?.alerts).length === 0) return;
    isWanted = true;
    void import("./marks.js").then(({ mountMarks }) => {
      if (!isOver) unmount = mountMarks(span, feed, alerts, directory);
    }, () => dispatchEvent(new Event("pulseboard-missing")));
  };
  const ends = [feed.history.listen((isTick) => isTick || look()), alerts.listen(look), feed.facts.listen(look)];
  return () => {
    isOver = true;
    for (const end of ends) end();
    unmount();
    feed.history.pointing.mark([]);
  };
}
