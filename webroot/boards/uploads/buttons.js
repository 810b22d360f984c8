import { change, Refusal } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { mayAct } from "../../lib/scopes.js";
import { isUnderWay } from "./words.js";

/** @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed */

/**
 * A group of buttons that act on this board, seen by those who may; what is wrong is said beside them.
 * @param {LiveFeed} feed
 * @param {{ text: string, label: string, action: string, body: () => object | undefined, isFor: (state: any) => boolean }[]} all
 */
export function createActions(feed, all) {
  const said = h("span", { class: "uploads-said", role: "status" });
  /** @param {string} action @param {object} body */
  const act = async (action, body) => {
    setText(said, "");
    try {
      await change("POST", `api/boards/${feed.board}/actions/${action}`, body);
    } catch (error) {
      setText(said, error instanceof Refusal ? (error.body.message ?? error.message) : String(error instanceof Error ? error.message : error));
    }
  };
  const buttons = all.map(({ text, label, action, body, isFor }) => {
    const button = h("button", { type: "button", text, "aria-label": label });
    button.addEventListener("click", () => {
      const given = body();
      if (given) void act(action, given);
    });
    return { button, isFor };
  });
  const element = h("div", { class: "uploads-buttons" }, ...buttons.map(({ button }) => button), said);
  const { session } = feed.bus;
  const show = () => setHidden(element, !mayAct(session.who?.scopes ?? [], feed.board));
  const ends = [
    feed.watch((state) => buttons.map(({ isFor }) => isFor(state)).join(), (which) => {
      const shown = which.split(",");
      buttons.forEach(({ button }, index) => setHidden(button, shown[index] !== "true"));
    }),
    session.listen(show),
  ];
  show();
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}

/** What can be done with an uploader now. @param {LiveFeed} feed @param {string} name @param {(state: any) => import("./words.js").Uploader | undefined} read */
export function createButtons(feed, name, read) {
  /** @type {[string, string, (phase: string) => boolean][]} */
  const all = [
    ["Start", "start", (phase) => !isUnderWay(phase) && phase !== "listing"],
    ["List", "list", (phase) => !isUnderWay(phase) && phase !== "listing"],
    ["Pause", "pause", (phase) => isUnderWay(phase) && phase !== "paused"],
    ["Resume", "resume", (phase) => phase === "paused"],
    ["Skip stage", "skip-stage", (phase) => phase === "uploading"],
    ["Stop", "stop", isUnderWay],
  ];
  return createActions(feed, all.map(([text, action, isFor]) => ({
    text, action, label: `${text}: ${name}`, body: () => ({ uploader: name }), isFor: (state) => read(state)?.kind !== "attached" && isFor(read(state)?.phase ?? ""),
  })));
}
