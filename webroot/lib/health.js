import { instant } from "./time.js";

/**
 * How it stands with a board that comes from another process, as the directory says; absent where all is well.
 * @typedef {{ state?: string, since?: number, reason?: string }} Health since: Unix ms
 */

/** @type {Record<string, string>} */
const REASONS = { link_lost: "the link to it was lost", stopping: "its agent was stopped", restarting: "its agent restarts" };

/** Whether nothing is heard of it. @param {Health | undefined} health */
export const isOffline = (health) => health?.state === "offline";

/** Up to when something is known of a board, by the server's clock. @param {import("./live-feed.js").LiveFeed} feed @param {number} now by clock.js */
export function knownTo(feed, now) {
  if (feed.isLive(now)) return feed.serverTime;
  return (isOffline(feed.health) && feed.health?.since) || feed.serverTime - (now - feed.heardAt);
}

/** What to say of a board that is offline. @param {string} name whom nothing is heard of @param {Health} health @param {number} [today] */
export function inWords(name, { since, reason }, today) {
  const when = since === undefined ? "" : ` since ${instant(since, 0, today)}`;
  const why = reason !== undefined && Object.hasOwn(REASONS, reason) ? ` (${REASONS[reason]})` : "";
  return `${name} has not been heard from${when}${why}. These are its last figures.`;
}
