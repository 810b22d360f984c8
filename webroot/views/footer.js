import { address } from "../lib/api.js";
import { h } from "../lib/dom.js";

/**
 * What is running here, and where its figures are for machines.
 * @param {HTMLElement} element
 * @param {import("../lib/live-feed.js").LiveFeed} feed
 */
export function mount(element, feed) {
  const versions = h("span");
  const json = h("a", { href: address(`api/boards/${feed.board}`).href, text: "these figures as JSON" });
  const api = h("a", { href: address("api.html").href, text: "API" });
  element.append(versions, json, api);
  const stop = feed.facts.listen(({ pulseboard, java }) => {
    versions.textContent = [
      `Pulseboard ${pulseboard?.version ?? ""}`.trim(),
      java?.version && `Java ${java.version}`,
    ].filter(Boolean).join(" · ");
  });
  return () => {
    stop();
    element.replaceChildren();
  };
}
