import { sourceOf } from "../lib/board-address.js";
import { h, setText } from "../lib/dom.js";
import { inWords, isOffline } from "../lib/health.js";

/**
 * Says so while nothing is heard of the machine that a board comes from.
 * @param {HTMLElement} element
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 */
export function createOfflineNotice(element, feed) {
  const notice = h("div", { class: "offline-notice", role: "status" });
  element.append(notice);
  const show = () => {
    const { health, board } = feed;
    setText(notice, health && isOffline(health) ? inWords(sourceOf(board) || board, health, feed.serverTime) : "");
  };
  show();
  return { show };
}
