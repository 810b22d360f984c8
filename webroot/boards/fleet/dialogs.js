import { base, change, Refusal } from "../../lib/api.js";
import { h, setText } from "../../lib/dom.js";
import { bytesPerSecond, duration } from "../../lib/format.js";
import { createButton } from "../../lib/full-page-card.js";
import { isPage } from "../../lib/machine.js";
import { instant } from "../../lib/time.js";
import { openDrawer } from "../../ui/drawer.js";
import { addressOf, OWN } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Hosts} Hosts
 */

/** @param {string} action @param {object} body */
const act = (action, body) => change("POST", `api/boards/fleet/actions/${action}`, body);

/** @param {unknown} error */
const inWords = (error) => error instanceof Refusal ? error.body.message ?? error.message : error instanceof Error ? error.message : String(error);

/** Whether whoever looks is an administrator. @param {LiveFeed} feed */
export const isAdmin = (feed) => feed.bus.session.who?.scopes.includes("admin") ?? false;

/** Makes a code, and shows the command with it; then the machines that come by it. @param {LiveFeed} feed */
export function openAdd(feed) {
  const hosts = () => /** @type {Hosts} */ (feed.state?.hosts ?? {});
  const before = new Set(Object.keys(hosts()));
  const group = h("input", { maxlength: "64", autocomplete: "off", placeholder: "may be empty" });
  const uses = h("input", { type: "number", min: "1", max: "1000", value: "1" });
  const hours = h("select", {}, h("option", { value: "1", text: "one hour" }), h("option", { value: "24", text: "one day" }), h("option", { value: "168", text: "one week" }));
  const fault = h("p", { class: "fault", role: "alert" });
  const make = h("button", { type: "submit", class: "primary", text: "Make a code" });
  const form = h("form", { class: "stack", method: "post" }, field("Group", group), field("How many machines", uses), field("Good for", hours), fault, make);
  const command = h("code", { class: "fleet-command" });
  const copy = h("button", { type: "button", text: "Copy" });
  const came = h("p", { role: "status", text: "Nobody has joined yet." });
  const done = h("div", { class: "stack", hidden: "" }, h("p", { text: "On each of the others, where Pulseboard is installed, run this. The code is shown only now." }),
    h("div", { class: "fleet-copy" }, command, copy),
    ...(isLoopback() ? [h("p", { class: "fleet-loopback", text: `On another machine ${base.hostname} is that machine: put the name or address there by which it reaches this one.` })] : []), came);
  copy.addEventListener("click", () => void navigator.clipboard?.writeText(command.textContent ?? "").then(() => setText(copy, "Copied"), () => setText(copy, "Mark it and copy by hand")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (make.disabled) return;
    make.disabled = true;
    setText(fault, "");
    try {
      const answer = await act("invite", { group: group.value.trim(), uses: Number(uses.value), hours: Number(hours.value) });
      setText(command, `sudo pulseboard join ${base.href} ${answer.code}${answer.pin ? ` --pin ${answer.pin}` : ""}${isPlain() ? " --plain" : ""}`);
      form.hidden = true;
      done.hidden = false;
    } catch (error) {
      setText(fault, inWords(error));
    }
    make.disabled = false;
  });
  const stop = feed.watch((state) => state, () => {
    const fresh = Object.entries(hosts()).filter(([id]) => !before.has(id));
    if (fresh.length > 0) setText(came, fresh.map(([id, { name = id, state = "unknown" }]) => `${name} has joined: ${state}.`).join(" "));
  });
  openDrawer("Add machines", [form, done], stop);
}

/** Unencrypted, to another machine: the command has to say so. */
function isPlain() {
  return base.protocol === "http:" && !isLoopback();
}

function isLoopback() {
  return ["localhost", "127.0.0.1", "[::1]"].includes(base.hostname);
}

/** @param {string} name @param {HTMLElement} input */
function field(name, input) {
  return h("label", { class: "field" }, h("span", { text: name }), input);
}

/** What more there is to say of a machine, and what an administrator may do with it. @param {LiveFeed} feed @param {string} id */
export function openDetails(feed, id) {
  const host = /** @type {Hosts} */ (feed.state?.hosts ?? {})[id] ?? {};
  const facts = [
    ["id", id], ["state", host.state], ["since", host.since === undefined ? undefined : `${instant(host.since, 0)} (${duration(feed.serverTime - host.since)})`], ["group", host.group],
    ["version", host.version], ["tags", Object.entries(host.tags ?? {}).map(([key, value]) => `${key}=${value}`).join(" ") || undefined],
    ["link", host.linkBytesPerSecond === undefined ? undefined : bytesPerSecond(host.linkBytesPerSecond)],
    ["lost changes", host.resyncCount === undefined ? undefined : `its state was sent anew ${host.resyncCount} times`],
    ["clock", host.clockSkewMilliseconds === undefined ? undefined : `${duration(Math.abs(host.clockSkewMilliseconds))} ${host.clockSkewMilliseconds > 0 ? "ahead" : "behind"}`],
    ["token", host.twin ? "two machines use it" : undefined],
  ];
  const list = h("dl", { class: "readings" }, ...facts.filter(([, text]) => text !== undefined).map(([name = "", text = ""]) => h("div", { class: "reading" }, h("dt", { text: name }), h("dd", { text }))));
  const page = h("a", { href: addressOf(id), text: "Its page" });
  let close = () => {};
  page.addEventListener("click", () => close());
  const own = isPage(host.page) ? [" · ", h("a", { href: host.page, rel: "noopener noreferrer", text: `The page of its own, at ${new URL(host.page ?? "").host}` })] : [];
  const acts = isAdmin(feed) && id !== OWN ? [createActs(id, host)] : [];
  close = openDrawer(host.name ?? id, [list, h("p", {}, page, ...own), ...acts]);
}

/** @param {string} id @param {import("./words.js").Host} host */
function createActs(id, host) {
  const said = h("p", { role: "status" });
  const name = h("input", { maxlength: "64", value: host.name ?? id, autocomplete: "off" });
  const group = h("input", { maxlength: "64", value: host.group ?? "", autocomplete: "off" });
  /** @param {string} verb @param {() => Promise<unknown>} run */
  const button = (verb, run) => createButton(verb, () => void run().then(() => setText(said, `${verb}: done.`), (error) => setText(said, inWords(error))));
  return h("div", { class: "stack" }, h("h3", { text: "For administrators" }),
    h("div", { class: "fleet-tools" }, field("Name", name), button("Rename", () => act("rename", { machine: id, name: name.value }))),
    h("div", { class: "fleet-tools" }, field("Group", group), button("Move", () => act("move", { machine: id, group: group.value }))),
    h("div", { class: "fleet-tools" }, host.state === "refused" ? button("Approve", () => act("approve", { machine: id })) : button("Shut out", () => act("refuse", { machine: id })),
      button("Remove", async () => confirm(`Remove ${host.name ?? id}? Its token is not good any more.`) && act("remove", { machine: id }))), said);
}
