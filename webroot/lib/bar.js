import { h, setVariable } from "./dom.js";

/**
 * A horizontal bar of shares, each painted from where the one before it ends. Decoration: the numbers beside it tell
 * the same.
 * @param {import("./live-feed.js").LiveFeed} feed
 * @param {{ tone: string, read: (state: any) => number | undefined }[]} shares each 0 to 1
 */
export function createBar(feed, shares) {
  const parts = shares.map(({ tone }) => h("i", { class: `bar-part ${tone}` }));
  const element = h("div", { class: "bar", "aria-hidden": "true" }, ...parts);
  const ends = shares.map(({ read }, index) => feed.watch(read, (share) => {
    const part = /** @type {HTMLElement} */ (parts[index]);
    setVariable(part, "--share", Math.min(1, Math.max(0, share ?? 0)));
  }));
  return { element, remove: () => ends.forEach((end) => end()) };
}

/** @param {number | undefined} value @param {number | undefined} total */
export function share(value, total) {
  return value === undefined || !total ? undefined : value / total;
}

/** From here on a bar turns to the colour of warning, and then of alarm. @param {number | undefined} percent */
export function level(percent) {
  if (percent === undefined || percent < 80) return "calm";
  return percent < 92 ? "warning" : "alarm";
}
