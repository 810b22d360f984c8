import assert from "node:assert/strict";
import { test } from "node:test";
import { arrival } from "../../../webroot/lib/address-token.js";
import { endOfCode, endOfFrame, RESTARTS, SIGNED_OUT } from "../../../webroot/lib/close-reasons.js";
import { inWords, mayAct, mayRead, offers } from "../../../webroot/lib/scopes.js";
import { describe } from "../../../webroot/lib/token-row.js";

test("onlyWhatIsMeantForThePageIsTakenFromTheAddress", () => {
  assert.deepEqual(arrival("#token=pulseboard_x-1_Y"), { token: "pulseboard_x-1_Y" });
  for (const hash of ["", "#", "#board", "#token=", "#tokens=x"]) assert.equal(arrival(hash), undefined, hash);
});

test("eachEndOfASignInElsewhereHasItsWords", () => {
  const words = (/** @type {string} */ word) => arrival(`#login=${word}`)?.trouble ?? "";
  const all = ["denied", "failed", "expired"].map(words);
  assert.equal(new Set(all).size, 3);
  assert.match(String(all[0]), /may not use/);
  assert.equal(words("constructor"), words("failed"), "a word that nobody knows");
});

test("onlyTheServersOwnLastWordEndsAConnection", () => {
  assert.equal(endOfFrame({ type: "err", body: "signed_out" }), SIGNED_OUT);
  assert.equal(endOfFrame({ type: "err", body: "restarting" }), RESTARTS);
  assert.equal(endOfFrame({ type: "err", body: "rejected" }), undefined);
  assert.equal(endOfFrame({ type: "err", body: "constructor" }), undefined);
  assert.equal(endOfFrame({ type: "rec", body: "signed_out" }), undefined);
});

test("closingCodesSayWhyTheConnectionEnded", () => {
  assert.deepEqual([4401, 1012, 1000, 1006].map(endOfCode),
    [SIGNED_OUT, RESTARTS, "the server closed the connection", "the connection broke"]);
});

test("nobodyIsOfferedMoreThanTheyMayThemselves", () => {
  const boards = ["host", "processes"];
  const scopes = (/** @type {string[]} */ own) => offers(own, boards).map(({ scope }) => scope);
  assert.deepEqual(scopes(["read:*", "admin"]), ["read:*", "read:board.host", "read:board.processes"]);
  assert.deepEqual(scopes(["read:board.host"]), ["read:board.host"]);
  assert.deepEqual(scopes(["act:*"]), []);
});

test("boardIsReadableByItsNameOrWithAll", () => {
  assert.deepEqual([["read:*"], ["read:board.host"], ["read:board.hosts"], ["act:*"], []].map((scopes) => mayRead(scopes, "host")),
    [true, true, false, false, false]);
});

test("tokenIsDescribedByWhatItMayAndWhenItEnds", () => {
  const token = { id: "1", label: "wall", createdAt: 0, isThis: false };
  assert.match(describe({ ...token, scopes: ["read:board.host", "act:*"] }, "me"), /^sees host, act:\* · made .*19\d\d · no end$/);
  assert.match(describe({ ...token, user: "bob", expiresAt: 2e12 }, "me"), /^of bob · all that its user may · made .* · ends .*2033$/);
  assert.doesNotMatch(describe({ ...token, user: "me" }, "me"), /of me/);
  assert.doesNotMatch(describe({ ...token, label: "session", user: "me" }, "me"), /may/);
  assert.equal(inWords(["read:*"]), "sees all boards");
});

test("whoMaySeeAMachineMaySeeItsBoardsAndTheListAndNothingOfThisOne", () => {
  const boards = ["web1/host", "web1/s3", "web2/host", "fleet", "host", "alerts", "boards"];
  const seen = (/** @type {string[]} */ scopes) => boards.filter((board) => mayRead(scopes, board));
  assert.deepEqual(seen(["read:machine.web1"]), ["web1/host", "web1/s3", "fleet"]);
  assert.deepEqual(seen(["read:group.home"]), ["web1/host", "web1/s3", "web2/host", "fleet"], "which are in it the server says");
  assert.deepEqual(seen(["read:board.web1/s3"]), ["web1/s3", "fleet"]);
  assert.deepEqual(seen(["act:group.home"]), []);
  assert.deepEqual(offers(["read:group.home", "act:group.home"], boards), [{ scope: "read:group.home", text: "machines in home" }]);
});

test("nothingIsDoneHereWithABoardOfAnotherMachine", () => {
  assert.equal(mayAct(["act:*"], "s3"), true);
  assert.equal(mayAct(["act:*"], "web1/s3"), false);
});
