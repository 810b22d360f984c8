import { Card, createFigure, Ends } from "../../lib/card.js";
import { h, setText } from "../../lib/dom.js";
import { percent, perSecond, withUnit } from "../../lib/format.js";
import { createLineRow } from "../../lib/line-row.js";
import { own } from "../../lib/merge-patch.js";
import { createMore } from "../../lib/show-more.js";
import { wrongFirst } from "../../lib/order.js";
import { byName, createRows } from "../../lib/rows.js";
import { seriesName } from "../../lib/series-name.js";
import { createSmallChart } from "../../lib/small-chart.js";
import { markLevel } from "./level-badge.js";
import { RateUnit, usedPercent } from "./rate-unit.js";
import { createTcpStates } from "./tcp-states.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("../../lib/state.js").NetworkInterface} NetworkInterface
 */

/** A host full of containers has hundreds: the rest is one click away. */
const SHOWN = 6;
/** What engines of containers and virtual machines make for themselves: their traffic passes a real one, too. */
const VIRTUAL = /^(br-|docker|veth|virbr|vnet|lxcbr|lxdbr|podman|cni|flannel|cali|cilium|fwbr|fwln|fwpr)/;

const WORTH_TELLING_PERCENT = 0.05;

/** @param {string} name */
export const isVirtual = (name) => VIRTUAL.test(name);

/** @type {import("./board.js").Mount} */
export function mount(element, feed, _directory, alerts) {
  const card = new Card(element, feed, { title: "Network", sampler: "network" });
  const unit = new RateUnit();
  const total = [
    card.headline((state) => state.network?.receivedBytesPerSecond, unit.text, "received", "↓"),
    card.headline((state) => state.network?.sentBytesPerSecond, unit.text, "sent", "↑"),
  ];
  const list = h("ul", { class: "rows" });
  const rows = createRows(list, (name) => createInterface(feed, name, alerts, unit));
  const more = createMore("interfaces", SHOWN, rows.show);
  const tcp = createTcpStates(feed);
  card.heading.after(unitButton(unit));
  card.body.append(list, more.element, tcp.element);
  const offer = () => {
    const all = feed.state?.network?.interfaces ?? {};
    const wrong = (/** @type {string} */ name) => Math.max(errorsOf(own(all, name)) > 0 ? 1 : 0, alerts.rank(["network", "interfaces", name]));
    const names = sorted(all, wrong);
    const few = visible(names, wrong);
    more.offer(names, few, names.slice(few).every(isVirtual) ? ", all virtual" : "");
  };
  card.watch((state) => state.network?.interfaces, offer);
  card.ends.add(rows.clear, tcp.remove, alerts.listen(offer), unit.listen(() => total.forEach(({ again }) => again())));
  return card.ends.run;
}

/** @param {RateUnit} unit */
function unitButton(unit) {
  const button = h("button", { type: "button", class: "order", title: "bits or bytes per second" });
  const show = () => setText(button, unit.isBits ? "in bits" : "in bytes");
  button.addEventListener("click", () => unit.change());
  unit.listen(show);
  show();
  return button;
}

/**
 * What is wrong comes first, then what is up, the loopback, and what is virtual.
 * @param {Record<string, NetworkInterface>} all
 * @param {(name: string) => number} [wrong] how much is wrong with each
 */
export function sorted(all, wrong = () => 0) {
  return wrongFirst(Object.keys(all).sort(inOrder(all)), wrong);
}

/** How many are shown at first: what is wrong, and what is real. @param {string[]} names sorted @param {(name: string) => number} wrong */
export function visible(names, wrong) {
  const bad = names.filter((name) => wrong(name) > 0).length;
  const real = names.filter((name) => wrong(name) > 0 || !isVirtual(name)).length;
  return Math.max(bad, Math.min(SHOWN, real || SHOWN));
}

/** Drops are usual on some networks. @param {NetworkInterface | undefined} link */
function errorsOf({ receiveErrorsPerSecond = 0, sendErrorsPerSecond = 0 } = {}) {
  return receiveErrorsPerSecond + sendErrorsPerSecond;
}

/** @param {Record<string, NetworkInterface>} all @returns {(a: string, b: string) => number} */
function inOrder(all) {
  const rank = (/** @type {string} */ name) => (isVirtual(name) ? 3 : name === "lo" ? 2 : own(all, name)?.up === false ? 1 : 0);
  return (a, b) => rank(a) - rank(b) || byName(a, b);
}

/** @param {LiveFeed} feed @param {string} name @param {import("./alerts.js").Alerts} alerts @param {RateUnit} unit */
function createInterface(feed, name, alerts, unit) {
  const of = (/** @type {any} */ state) => /** @type {NetworkInterface | undefined} */ (own(state.network?.interfaces, name));
  const received = (/** @type {any} */ state) => of(state)?.receivedBytesPerSecond;
  const sent = (/** @type {any} */ state) => of(state)?.sentBytesPerSecond;
  const down = createFigure(feed, { read: received, text: unit.text, sampler: "network" });
  const up = createFigure(feed, { read: sent, text: unit.text, sampler: "network" });
  const chart = createSmallChart(feed, {
    label: `${name} received`, text: unit.text, least: 65_536, fine: 1_024, roof: unit.roof,
    series: [
      { name: "received", tone: "tone-receive", read: received, from: [seriesName("network", "interfaces", name, "receivedBytesPerSecond")] },
      { name: "sent", tone: "tone-send", read: sent, from: [seriesName("network", "interfaces", name, "sentBytesPerSecond")], fill: "none" },
    ],
  });
  const label = h("span", { class: "label" });
  const faults = h("p", { class: "faults", hidden: "" });
  const ends = new Ends();
  ends.add(chart.remove, down.remove, up.remove);
  ends.add(feed.watch((state) => describeLink(name, of(state)), (text) => setText(label, text)));
  ends.add(feed.watch((state) => describeFaults(of(state)), (text) => {
    faults.hidden = text === "";
    setText(faults, text);
  }));
  ends.add(unit.listen(() => {
    down.again();
    up.again();
    chart.chart.change({});
  }));
  const element = createLineRow({ name, label, chart: chart.element, more: [faults], figures: [
    { sign: "↓", title: "received", tone: "tone-receive", figure: down.element },
    { sign: "↑", title: "sent", tone: "tone-send", figure: up.element },
  ] });
  const mark = markLevel(alerts, element, ["network", "interfaces", name]);
  element.firstElementChild?.append(mark.badge);
  ends.add(mark.remove);
  return { element, remove: ends.run };
}

/** The speed that the kernel reports of a virtual one means nothing. @param {string} name @param {NetworkInterface | undefined} link */
function describeLink(name, link = {}) {
  if (link.up === false) return "down";
  if (!link.speedBitsPerSecond || isVirtual(name)) return "";
  const used = usedPercent(link);
  const speed = withUnit(link.speedBitsPerSecond, "bit/s");
  return used === undefined || used < WORTH_TELLING_PERCENT ? speed : `${percent(used)} of ${speed}`;
}

/** Most links have none, so nothing is said until there is one. @param {NetworkInterface | undefined} link */
function describeFaults(link = {}) {
  const errors = errorsOf(link);
  const drops = (link.receiveDropsPerSecond ?? 0) + (link.sendDropsPerSecond ?? 0);
  const parts = [errors > 0 && `errors ${perSecond(errors)}`, drops > 0 && `drops ${perSecond(drops)}`];
  return parts.filter(Boolean).join(" · ");
}
