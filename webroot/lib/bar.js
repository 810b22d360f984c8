import { h, setVariable } from "./dom.js";

/**
 * A horizontal bar of shares, each painted from where the one before it ends: each part is scaled to where it ends, and
 * the ones before it lie on top. Scaling costs no layout. Decoration: the numbers beside it tell the same.
 * @param {import("./live-feed.js").LiveFeed} feed
 * @param {{ tone: string, read: (state: any) => number | undefined }[]} shares each 0 to 1
 */
export function createBar(feed, shares) {
  const parts = shares.map(({ tone }) => h("i", { class: `bar-part ${tone}` }));
  const element = h("div", { class: "bar", "aria-hidden": "true" }, ...parts.slice().reverse());
  const ends = parts.map((part, index) => feed.watch((state) => upTo(shares, index, state), (share) => setVariable(part, "--share", share)));
  return { element, remove: () => ends.forEach((end) => end()) };
}

/** Where this part ends, 0 to 1. @param {{ read: (state: any) => number | undefined }[]} shares @param {number} index @param {any} state */
function upTo(shares, index, state) {
  const sum = shares.slice(0, index + 1).reduce((all, { read }) => all + Math.max(0, read(state) ?? 0), 0);
  return Math.min(1, sum);
}

/** @param {number | undefined} value @param {number | undefined} total */
export function share(value, total) {
  return value === undefined || !total ? undefined : value / total;
}
