import { change, Refusal } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { mayAct } from "../../lib/scopes.js";
import { isUnderWay } from "./words.js";

/**
 * What can be done with a job now, for those who may.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {string} job
 * @param {(state: any) => import("./words.js").Job | undefined} read
 */
export function createButtons(feed, job, read) {
  const said = h("span", { class: "s3-said", role: "status" });
  /** @param {string} action @param {object} more */
  const act = async (action, more) => {
    setText(said, "");
    try {
      await change("POST", `api/boards/${feed.board}/actions/${action}`, { job, ...more });
    } catch (error) {
      setText(said, error instanceof Refusal ? (error.body.message ?? error.message) : String(error instanceof Error ? error.message : error));
    }
  };
  /** @type {{ text: string, action: string, more?: object, isFor: (phase: string, failed: number) => boolean }[]} */
  const all = [
    { text: "Start", action: "start", isFor: (phase) => !isUnderWay(phase) },
    { text: "Dry run", action: "start", more: { dryRun: true }, isFor: (phase) => !isUnderWay(phase) },
    { text: "Check all", action: "start", more: { full: true }, isFor: (phase) => !isUnderWay(phase) },
    { text: "Retry failed", action: "retry-failed", isFor: (phase, failed) => !isUnderWay(phase) && failed > 0 },
    { text: "Pause", action: "pause", isFor: (phase) => phase === "planning" || phase === "uploading" },
    { text: "Resume", action: "resume", isFor: (phase) => phase === "paused" },
    { text: "Stop", action: "stop", isFor: isUnderWay },
  ];
  const buttons = all.map(({ text, action, more = {}, isFor }) => {
    const button = h("button", { type: "button", text, "aria-label": `${text}: ${job}` });
    button.addEventListener("click", () => void act(action, more));
    return { button, isFor };
  });
  const element = h("div", { class: "s3-buttons" }, ...buttons.map(({ button }) => button), said);
  const { session } = feed.bus;
  const ends = [
    feed.watch((state) => {
      const job = read(state);
      return `${job?.phase ?? ""} ${job?.files?.failed ?? 0}`;
    }, (now) => {
      const [phase = "", failed] = now.split(" ");
      for (const { button, isFor } of buttons) setHidden(button, !isFor(phase, Number(failed)));
    }),
    session.listen(() => setHidden(element, !mayAct(session.who?.scopes ?? [], feed.board))),
  ];
  setHidden(element, !mayAct(session.who?.scopes ?? [], feed.board));
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}
