import { now } from "../lib/clock.js";
import { h } from "../lib/dom.js";
import { isOutdated } from "../lib/newer.js";

/** Whoever reads would lose the place; a display on a wall has nobody who clicks. */
const UNTOUCHED_MS = 300_000;
/** Not all pages at once. */
const SPREAD_MS = 30_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "scroll"];

/**
 * Says that the server has been upgraded and offers to reload; does it by itself where nobody looks.
 * @param {HTMLElement} element
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 */
export function mount(element, feed) {
  const notice = h("div", { class: "notice", role: "status" });
  element.append(notice);
  let touchedAt = now();
  let reloadFrom = Infinity;
  let epoch = feed.epoch;
  const touched = () => {
    touchedAt = now();
  };
  const check = async () => {
    if (notice.hasChildNodes() || !(await isOutdated())) return;
    reloadFrom = now() + Math.random() * SPREAD_MS;
    notice.replaceChildren(h("span", { text: "The server has been upgraded, and this page is the old one." }), button());
  };
  const timer = setInterval(() => {
    const time = now();
    const unwatched = document.visibilityState === "hidden" || time - touchedAt > UNTOUCHED_MS;
    if (time > reloadFrom && unwatched && feed.isLive(time)) location.reload();
  }, 1000);
  for (const touch of TOUCHES) addEventListener(touch, touched, { passive: true });
  addEventListener("pulseboard-missing", check);
  const stop = feed.listen(() => {
    if (feed.epoch === epoch) return;
    epoch = feed.epoch; // Another process may be another version.
    void check();
  });
  return () => {
    clearInterval(timer);
    for (const touch of TOUCHES) removeEventListener(touch, touched);
    removeEventListener("pulseboard-missing", check);
    stop();
    notice.remove();
  };
}

function button() {
  const reload = h("button", { type: "button", text: "Reload" });
  reload.addEventListener("click", () => location.reload());
  return reload;
}
