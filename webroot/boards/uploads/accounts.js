import { h, setAttribute, setText, setVariable } from "../../lib/dom.js";
import { bytes, inAbout, number, percent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { byName, createRows } from "../../lib/rows.js";
import { briefly } from "../../lib/time.js";
import { createBadge } from "../../ui/badge.js";
import { createActions } from "./buttons.js";
import { decimal } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Account} Account
 */

/** The state of an account as a badge. @type {Record<string, [string, string]>} */
const BADGES = { active: ["running", "active"], ready: ["ok", "ready"], complete: ["waiting", "used up"], suspended: ["warning", "suspended"] };

/** How often what is left of a time is said anew. */
const COUNT_MS = 30_000;

/** All accounts, each with what it has used of its quota. @param {LiveFeed} feed */
export function createAccounts(feed) {
  const list = h("ul", { class: "uploads-accounts", "aria-label": "Accounts" });
  const rows = createRows(list, (id) => createAccount(feed, id));
  const order = (/** @type {any} */ state) => Object.entries(state.accounts ?? {})
    .sort(([, one], [, other]) => byName(one.name, other.name)).map(([id]) => id).join();
  const end = feed.watch(order, (ids) => rows.show(ids ? ids.split(",") : []));
  const sum = h("span", { class: "quiet" });
  const endSum = feed.watch((state) => all(state.accounts ?? {}), (text) => setText(sum, text));
  const element = h("section", { class: "card wide-card", "aria-labelledby": "uploads-accounts" },
    h("div", { class: "card-head" }, h("h2", { id: "uploads-accounts", text: "Accounts" }), sum), h("div", { class: "card-body" }, list));
  return {
    element,
    remove: () => {
      endSum();
      end();
      rows.clear();
    },
  };
}

/** How much all of them may still take. @param {Record<string, Account>} accounts */
function all(accounts) {
  const ready = Object.values(accounts).filter(({ status }) => status === "ready" || status === "active");
  const left = ready.reduce((sum, { quotaBytes, usedBytes }) => sum + Math.max(0, quotaBytes - usedBytes), 0);
  return `${number(ready.length)} of ${number(Object.keys(accounts).length)} can take something now, ${decimal(left)} in all`;
}

/** @param {LiveFeed} feed @param {string} id */
function createAccount(feed, id) {
  const name = h("bdi", { class: "row-name" });
  const badge = createBadge();
  const figure = h("span", { class: "uploads-detail" });
  const fill = h("i", { class: "bar-part" }); // Of the row's own tone, which tells how full it is.
  const note = h("span", { class: "quiet" });
  const status = (/** @type {any} */ state) => own(state.accounts, id)?.status;
  const actions = createActions(feed, [
    { text: "Rest for a day", label: `Rest for a day: account ${id}`, action: "suspend-account", body: () => ({ account: id, hours: 24 }), isFor: (state) => status(state) !== "suspended" },
    { text: "End its rest", label: `End the rest of account ${id}`, action: "resume-account", body: () => ({ account: id }), isFor: (state) => status(state) === "suspended" },
  ]);
  const element = h("li", { class: "bar-row" }, h("div", { class: "row-head" }, name, badge.element, figure),
    h("div", { class: "bar", "aria-hidden": "true" }, fill), note, actions.element);
  /** @type {Account | undefined} */
  let last;
  const end = feed.watch((state) => /** @type {Account | undefined} */ (own(state.accounts, id)), (account) => {
    if (!account) return;
    const [state, word] = BADGES[account.status] ?? ["unknown", account.status];
    setText(name, account.name);
    badge.show(state, word);
    setText(figure, `${decimal(account.usedBytes)} of ${decimal(account.quotaBytes)}, ${percent(account.usedPercent)}`);
    setVariable(fill, "--share", Math.min(1, account.usedPercent / 100));
    setAttribute(element, "data-state", account.usedPercent > 90 ? "critical" : account.usedPercent > 70 ? "warning" : undefined);
    last = account;
    setText(note, more(account));
  });
  const timer = setInterval(() => last && setText(note, more(last)), COUNT_MS);
  return {
    element,
    remove: () => {
      clearInterval(timer);
      end();
      actions.remove();
    },
  };
}

/** @param {Account} account */
function more({ resetsAt, suspendedUntil, reason, uploader, totalBytes, totalFiles }) {
  return [
    suspendedUntil === undefined ? "" : `rests until ${briefly(suspendedUntil)} (${left(suspendedUntil)}): ${reason ?? ""}`,
    resetsAt === undefined ? "nothing used" : `used bytes are given back by ${briefly(resetsAt)} (${left(resetsAt)})`,
    uploader === undefined ? "" : `in use by ${uploader}`,
    `${number(totalFiles)} ${totalFiles === 1 ? "file" : "files"}, ${bytes(totalBytes)} in all`,
  ].filter(Boolean).join("; ");
}

/** @param {number} at */
function left(at) {
  return inAbout(Math.max(0, at - Date.now()));
}
