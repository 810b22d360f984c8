import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { createRows, byName } from "../../lib/rows.js";
import { createKeyFigure, createKeyFigures } from "../../ui/key-figure.js";
import { createTable } from "../../ui/table.js";
import { act, createAct, createSaid, forOperators } from "./acts.js";
import { createInvite } from "./invite.js";
import { alsoOf, heldBecause, nameOf, oldVersionsOf, statusOf } from "./words.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

/** Folders, machines, and what is wrong in words. @type {import("./board.js").Part} */
export function mountOverview(place, feed) {
  const machines = createKeyFigure("machines online");
  const files = createKeyFigure("files");
  const saved = createKeyFigure("saved on the wire");
  const latency = createKeyFigure("an edit is everywhere after");
  const holds = h("div", { class: "sync-holds" });
  const rows = createRows(holds, (key) => createHold(feed, key));
  const nodes = createTable({
    caption: "Machines", what: "machines", name: "sync.nodes", order: { column: "name", isDown: false }, empty: "No machine has joined yet.",
    columns: [
      { key: "name", name: "machine", text: (row) => row.name },
      { key: "status", name: "state", text: (row) => row.trouble === "disk_full" ? "disk is full" : statusOf(row.status).word, state: (row) => statusOf(row.status).state },
      { key: "behind", name: "to do", isNumber: true, hint: "contents and deletions that are still to come there", text: (row) => number(row.behindFiles), value: (row) => row.behindFiles },
      { key: "trip", name: "round trip", isNumber: true, hint: "of pings from the coordinator", text: (row) => row.roundTripMilliseconds === undefined ? undefined : `${number(row.roundTripMilliseconds, 1)}\u202fms`, value: (row) => row.roundTripMilliseconds },
      { key: "watched", name: "watched", isNumber: true, isWide: true, hint: "directories whose changes the kernel tells; others are looked at each minute", text: (row) => `${number(row.watchedDirectories)} of ${number(row.directories)}`, value: (row) => row.watchedDirectories },
      { key: "skipped", name: "left out", isNumber: true, isWide: true, hint: "what is no file, directory or link, and names that are not UTF-8", text: (row) => number(row.skippedFiles), value: (row) => row.skippedFiles },
      { key: "old", name: "old versions", isNumber: true, isWide: true, hint: "what is kept of files that others replaced or deleted, and how much that may be: a tenth of the disk; the oldest go first, but of each file the last one stays for 30 days", text: oldVersionsOf, value: (row) => row.oldVersionsBytes },
      { key: "also", name: "also", isWide: true, text: alsoOf },
      { key: "address", name: "address", isWide: true, text: (row) => row.address },
    ],
  });
  const folders = createTable({
    caption: "Folders", what: "folders", order: { column: "id", isDown: false }, empty: "No folder yet: invite a machine.",
    columns: [
      { key: "id", name: "folder", text: (_, key) => key },
      { key: "files", name: "files", isNumber: true, text: (row) => number(row.files), value: (row) => row.files },
      { key: "bytes", name: "size", isNumber: true, text: (row) => bytes(row.bytes), value: (row) => row.bytes },
      { key: "conflicts", name: "conflicts", isNumber: true, text: (row) => number(row.unresolvedConflicts), value: (row) => row.unresolvedConflicts },
      { key: "seq", name: "changes", isNumber: true, isWide: true, text: (row) => number(row.headSequence), value: (row) => row.headSequence },
    ],
  });
  const invite = createInvite(feed);
  const ends = [
    invite.remove, rows.clear,
    feed.watch((state) => state.nodes, (all = {}) => {
      nodes.show(all);
      const list = Object.values(all);
      machines.show(`${list.filter((one) => one.status !== "offline").length} of ${list.length}`);
    }),
    feed.watch((state) => state.folders, (all = {}) => {
      folders.show(all);
      files.show(number(Object.values(all).reduce((sum, one) => sum + one.files, 0)));
    }),
    feed.watch((state) => state.totals, (totals = {}) => {
      saved.show(totals.savedBytes === undefined || totals.operations === 0 ? undefined : bytes(Math.max(0, totals.savedBytes)), { note: totals.operations ? `${bytes(totals.wireBytes)} went over the wire` : "nothing yet" });
      latency.show(totals.latencyP50Milliseconds === undefined ? undefined : `${number(totals.latencyP50Milliseconds)}\u202fms`, { note: totals.latencyP95Milliseconds === undefined ? "no edit yet" : `95\u202f% within ${number(totals.latencyP95Milliseconds)}\u202fms` });
    }),
    feed.watch((state) => Object.keys(state.holds ?? {}).sort(byName).join("\n"), (keys) => rows.show(keys ? keys.split("\n") : [])),
  ];
  const drifts = h("div", { class: "sync-holds" });
  const driftRows = createRows(drifts, (key) => createDrift(feed, key));
  ends.push(driftRows.clear, feed.watch((state) => Object.keys(state.nodes ?? {}).filter((key) => state.nodes[key].driftFiles > 0).sort(byName).join("\n"), (keys) => driftRows.show(keys ? keys.split("\n") : [])));
  place.append(createKeyFigures("File sync", machines, files, saved, latency), holds, drifts, section("Machines", nodes.element, invite.element), section("Folders", folders.element));
  return () => {
    for (const end of ends) end();
  };
}

/** @param {string} title @param {...HTMLElement} parts */
export function section(title, ...parts) {
  return h("section", { class: "card sync-card" }, h("div", { class: "card-head" }, h("h2", { text: title })), h("div", { class: "card-body" }, ...parts));
}

/** Edits on a machine on which others decide, and a way to take them back. @param {LiveFeed} feed @param {string} key */
function createDrift(feed, key) {
  const text = h("p", {});
  const { element: said, say } = createSaid();
  const buttons = h("span", { class: "sync-buttons" });
  const ends = [
    forOperators(feed, buttons),
    feed.watch((state) => own(state.nodes, key), (node) => {
      if (!node) return;
      setText(text, `On ${node.name} ${number(node.driftFiles ?? 0)} files or directories were changed, though its folder only receives. They are told to nobody.`);
      if (!buttons.firstChild) buttons.append(createAct("Take them back", `Take back what was changed on ${node.name}: changed and new files become old versions there`, () => void act(feed, "revert", { node: key }, say)));
    }),
  ];
  return {
    element: h("div", { class: "sync-hold" }, text, buttons, said),
    remove: () => {
      for (const end of ends) end();
    },
  };
}

/** What a person has to decide. @param {LiveFeed} feed @param {string} key */
function createHold(feed, key) {
  const text = h("p", {});
  const { element: said, say } = createSaid();
  const buttons = h("span", { class: "sync-buttons" },
    createAct("They were deleted", `Release ${key}: the others delete them, too`, () => void act(feed, "release", { hold: key }, say)),
    createAct("Bring them back", `Reject ${key}: they come back from the others`, () => void act(feed, "reject", { hold: key }, say)));
  const ends = [
    forOperators(feed, buttons),
    feed.watch((state) => ({ hold: own(state.holds, key), name: nameOf(state, own(state.holds, key)?.node) }), ({ hold, name }) => {
      if (hold) setText(text, `The folder ${hold.folder} is held on ${name}: ${heldBecause(hold)}. Nothing is told or changed there until somebody decides.`);
      setHidden(buttons, hold?.reason === "marker_missing");
    }),
  ];
  return {
    element: h("div", { class: "sync-hold", role: "alert" }, text, buttons, said),
    remove: () => {
      for (const end of ends) end();
    },
  };
}
