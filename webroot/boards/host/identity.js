import { machineOf, sourceOf } from "../../lib/board-address.js";
import { now } from "../../lib/clock.js";
import { h, setText } from "../../lib/dom.js";
import { duration, moment } from "../../lib/format.js";
import { inFrame } from "../../lib/frame.js";
import { knownTo } from "../../lib/health.js";
import { machineRow } from "../../lib/machine.js";

/** @typedef {import("../../lib/state.js").HostFacts} HostFacts */

/**
 * Which machine this is, and since when it is up.
 * @param {import("../../views/board.js").Place} place
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 */
export function mount({ identity, vitals }, feed) {
  const name = h("h1", { text: machineOf(feed.board) });
  const system = h("p", { class: "system" });
  const addresses = h("ul", { class: "addresses", "aria-label": "Addresses" });
  const uptime = h("span", { class: "uptime-value", text: "…" });
  const upFor = h("p", { class: "uptime" }, h("span", { class: "label", text: "up" }), uptime);
  identity.replaceChildren(name, h("div", { class: "facts" }, system, addresses));
  vitals.append(upFor);
  // Nobody knows whether a machine that is not heard of is still up.
  const tick = () => setText(uptime, feed.facts.current?.bootedAt ? duration(knownTo(feed, now()) - feed.facts.current.bootedAt) : "n/a");
  /** What it is called here, where that is another machine. */
  let given = "";
  const source = sourceOf(feed.board);
  const showName = () => setText(name, given || feed.facts.current?.name || machineOf(feed.board));
  if (source !== "") {
    void machineRow(source).then((machine) => {
      given = machine?.name ?? source;
      showName();
      showSystem();
    });
  }
  const showSystem = () => {
    const { name: own = "" } = feed.facts.current ?? {};
    setText(system, [given && own && own !== given ? own : "", describeSystem(feed.facts.current ?? {})].filter(Boolean).join(" · "));
  };
  const timer = setInterval(() => document.visibilityState === "visible" && inFrame(tick, 1_000), 1_000);
  const stopFacts = feed.facts.listen((facts) => {
    showName();
    showSystem();
    addresses.replaceChildren(...addressItems(facts));
    upFor.title = facts.bootedAt ? `since ${moment(facts.bootedAt, facts.timeZone)}, ${facts.timeZone ?? ""}` : "";
    tick();
  });
  return () => {
    clearInterval(timer);
    stopFacts();
  };
}

/** @param {HostFacts} facts */
function describeSystem({ os = {}, cpu = {}, virtualization, container }) {
  const system = [os.family, os.version].filter(Boolean).join(" ");
  const kernel = [os.kernel, os.architecture].filter(Boolean).join(" ");
  return [system, kernel, cpu.model, virtualization, container && `in ${container}`].filter(Boolean).join(" · ");
}

/** Valid only on the host itself, or only on one cable. @param {string} address */
const isNear = (address) => /^(127\.|::1$|0:0:0:0:0:0:0:1$|fe80)/i.test(address);

/** Those that people type. @param {HostFacts} facts */
function addressItems({ addresses = {} }) {
  return Object.entries(addresses).flatMap(([name, { ipv4 = [], ipv6 = [] }]) => {
    const shown = [...ipv4, ...ipv6].filter((address) => !isNear(address));
    return shown.map((address) => h("li", { title: name, text: address }));
  });
}
