import { Card, createFigure, Ends } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h, setText } from "../../lib/dom.js";
import { bytesPerSecond, perSecond, withUnit, words } from "../../lib/format.js";
import { createLineRow } from "../../lib/line-row.js";
import { own } from "../../lib/merge-patch.js";
import { createMore } from "../../lib/show-more.js";
import { wrongFirst } from "../../lib/order.js";
import { byName, createRows } from "../../lib/rows.js";
import { seriesName } from "../../lib/series-name.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../../lib/state.js").NetworkInterface} NetworkInterface
 */

/** A host full of containers has hundreds: the rest is one click away. */
const SHOWN = 6;

/** @param {HTMLElement} element @param {LiveFeed} feed */
export function mount(element, feed) {
  const card = new Card(element, feed, { title: "Network", sampler: "network" });
  card.headline((state) => state.network?.tcp?.established, (value) => withUnit(value, ""), "TCP established");
  const list = h("ul", { class: "rows" });
  const rows = createRows(list, (name) => createInterface(feed, name));
  const more = createMore("interfaces", SHOWN, rows.show);
  const tcp = tcpStates(feed);
  card.body.append(list, more.element, tcp.element);
  card.watch((state) => state.network?.interfaces, (all = {}) => more.offer(sorted(all)));
  card.ends.add(rows.clear, tcp.remove);
  return card.ends.run;
}

/** Those with errors come first; drops are usual on some networks. @param {Record<string, NetworkInterface>} all */
export function sorted(all) {
  return wrongFirst(Object.keys(all).sort(inOrder(all)), (name) => errorsOf(own(all, name)) > 0 ? 1 : 0);
}

/** @param {NetworkInterface | undefined} link */
function errorsOf({ receiveErrorsPerSecond = 0, sendErrorsPerSecond = 0 } = {}) {
  return receiveErrorsPerSecond + sendErrorsPerSecond;
}

/** What is up comes first, the loopback last. @param {Record<string, NetworkInterface>} all @returns {(a: string, b: string) => number} */
function inOrder(all) {
  const rank = (/** @type {string} */ name) => (name === "lo" ? 2 : own(all, name)?.up === false ? 1 : 0);
  return (a, b) => rank(a) - rank(b) || byName(a, b);
}

/** @param {LiveFeed} feed @param {string} name */
function createInterface(feed, name) {
  const of = (/** @type {any} */ state) => /** @type {NetworkInterface | undefined} */ (own(state.network?.interfaces, name));
  const received = (/** @type {any} */ state) => of(state)?.receivedBytesPerSecond;
  const sent = (/** @type {any} */ state) => of(state)?.sentBytesPerSecond;
  const down = createFigure(feed, { read: received, text: bytesPerSecond, sampler: "network" });
  const up = createFigure(feed, { read: sent, text: bytesPerSecond, sampler: "network" });
  const chart = createChart(feed, {
    label: `${name} received`, text: bytesPerSecond, least: 1024,
    series: [
      { name: "received", tone: "tone-receive", read: received, from: [seriesName("network", "interfaces", name, "receivedBytesPerSecond")] },
      { name: "sent", tone: "tone-send", read: sent, from: [seriesName("network", "interfaces", name, "sentBytesPerSecond")], fill: "none" },
    ],
  });
  const label = h("span", { class: "label" });
  const faults = h("p", { class: "faults", hidden: "" });
  const ends = new Ends();
  ends.add(chart.remove, down.remove, up.remove);
  ends.add(feed.watch((state) => describeLink(of(state)), (text) => setText(label, text)));
  ends.add(feed.watch((state) => describeFaults(of(state)), (text) => {
    faults.hidden = text === "";
    setText(faults, text);
  }));
  const element = createLineRow({ name, label, chart: chart.element, more: [faults], figures: [
    { sign: "↓", title: "received", tone: "tone-receive", figure: down.element },
    { sign: "↑", title: "sent", tone: "tone-send", figure: up.element },
  ] });
  return { element, remove: ends.run };
}

/** @param {NetworkInterface | undefined} link */
function describeLink({ up, speedBitsPerSecond } = {}) {
  if (up === false) return "down";
  return speedBitsPerSecond ? withUnit(speedBitsPerSecond, "bit/s") : "";
}

/** Most links have none, so nothing is said until there is one. @param {NetworkInterface | undefined} link */
function describeFaults(link = {}) {
  const errors = errorsOf(link);
  const drops = (link.receiveDropsPerSecond ?? 0) + (link.sendDropsPerSecond ?? 0);
  const parts = [errors > 0 && `errors ${perSecond(errors)}`, drops > 0 && `drops ${perSecond(drops)}`];
  return parts.filter(Boolean).join(" · ");
}

/** @param {LiveFeed} feed */
function tcpStates(feed) {
  const list = h("dl", { class: "chips" });
  const element = h("div", { class: "block" }, h("h3", { text: "TCP states" }), list);
  const rows = createRows(list, (key) => {
    const figure = createFigure(feed, { read: (state) => own(state.network?.tcp, key), text: (value) => withUnit(value, "") });
    const chip = h("div", { class: "chip" }, h("dt", { text: words(key) }), h("dd", {}, figure.element));
    return { element: chip, remove: figure.remove };
  });
  const stop = feed.watch((state) => state.network?.tcp, (tcp) => {
    element.hidden = tcp === undefined;
    rows.show(Object.keys(tcp ?? {}));
  });
  return { element, remove: () => [stop, rows.clear].forEach((end) => end()) };
}
