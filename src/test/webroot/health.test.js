import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, beside, boardOf, sourceOf } from "../../../webroot/lib/board-address.js";
import { inWords, isOffline } from "../../../webroot/lib/health.js";
import { machinesOf } from "../../../webroot/lib/machines.js";

const TODAY = new Date(2026, 10, 29, 15).getTime();
const SINCE = new Date(2026, 10, 29, 12, 3, 14).getTime();

test("eachBoardHasOneAddress", () => {
  for (const board of ["toy", "web1/host", "web1/processes"]) assert.equal(boardOf(addressOf(board)), board);
  assert.equal(addressOf("host"), "#");
  for (const hash of ["", "#", "#board", "#/boards/", "#/boards/a/b/c", "#/boards/A", "#/boards/../x", `#/boards/${"a".repeat(65)}`]) assert.equal(boardOf(hash), undefined, hash);
  assert.deepEqual(["host", "web1/host"].map(sourceOf), ["", "web1"]);
  assert.deepEqual([beside("host", "processes"), beside("web1/host", "processes")], ["processes", "web1/processes"]);
});

test("machineThatIsNotHeardOfIsNamedWithSinceWhenAndWhy", () => {
  const words = (/** @type {object} */ more) => inWords("web1", { state: "offline", since: SINCE, ...more }, TODAY);
  assert.equal(words({ reason: "link_lost" }), "web1 has not been heard from since 12:03:14 (the link to it was lost). These are its last figures.");
  assert.match(words({ reason: "stopping" }), /12:03:14 \(its agent was stopped\)\./);
  assert.match(words({ reason: "restarting" }), /\(its agent restarts\)/);
  assert.equal(words({ reason: "constructor" }), "web1 has not been heard from since 12:03:14. These are its last figures.");
  assert.match(inWords("web1", { since: SINCE }, TODAY + 86_400_000), /since 29 Nov 2026, 12:03:14/);
  assert.deepEqual([undefined, {}, { state: "live" }, { state: "offline" }].map(isOffline), [false, false, false, true]);
});

test("boardsAreListedByMachineThisOneFirstWithoutThoseThatAnothersPageShows", () => {
  const boards = Object.fromEntries(["web10/host", "web2/toy", "web2/host", "web2/processes", "toy", "processes", "host", "boards", "web3/processes"]
    .map((board) => [board, { kind: board.replace(/.*\//, "") }]));
  const within = (/** @type {string} */ kind) => kind === "processes" ? "host" : undefined;
  assert.deepEqual(machinesOf(boards, within), [
    { source: "", main: "host", boards: ["host", "toy"] },
    { source: "web2", main: "web2/host", boards: ["web2/host", "web2/toy"] },
    { source: "web3", main: undefined, boards: ["web3/processes"] },
    { source: "web10", main: "web10/host", boards: ["web10/host"] },
  ]);
});
