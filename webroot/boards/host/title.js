import { machineOf } from "../../lib/board-address.js";
import { now } from "../../lib/clock.js";
import { wholePercent } from "../../lib/format.js";
import { setName } from "../../lib/tab.js";

/** The tab's title tells the load, also while another tab is in front. @param {import("../../lib/live-feed.js").LiveFeed} feed */
export function mount(feed) {
  const show = () => {
    const busy = feed.state?.cpu?.busyPercent;
    const name = feed.facts.current?.name ?? machineOf(feed.board);
    const figure = feed.isLive(now()) && busy !== undefined ? wholePercent(busy) : "–";
    setName(`${figure} · ${name}`);
  };
  const timer = setInterval(show, 1000);
  const stop = feed.listen(show);
  return () => {
    clearInterval(timer);
    stop();
  };
}
