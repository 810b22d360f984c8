import { change } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { bytes, number } from "../../lib/format.js";
import { mayAct } from "../../lib/scopes.js";

/**
 * What a job asks before it deletes so many objects. The button names the number, and the answer is for that number alone.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed
 * @param {string} job
 * @param {(state: any) => import("./words.js").Job | undefined} read
 */
export function createQuestion(feed, job, read) {
  const text = h("p", {});
  const said = h("p", { class: "s3-said", role: "status" });
  const yes = h("button", { type: "button", class: "s3-danger" });
  const no = h("button", { type: "button", text: "No, keep all" });
  const buttons = h("div", { class: "s3-buttons" }, no, yes);
  const element = h("div", { class: "s3-question", role: "alert" }, text, buttons, said);
  let question = "";
  const answer = async (/** @type {boolean} */ isYes) => {
    setText(said, "");
    try {
      await change("POST", `api/boards/${feed.board}/actions/confirm`, { job, question, answer: isYes });
    } catch (error) {
      setText(said, error instanceof Error ? error.message : String(error));
    }
  };
  yes.addEventListener("click", () => void answer(true));
  no.addEventListener("click", () => void answer(false));
  const { session } = feed.bus;
  const look = () => setHidden(buttons, !mayAct(session.who?.scopes ?? [], feed.board));
  const ends = [
    feed.watch((state) => read(state)?.question, (asked) => {
      setHidden(element, asked === undefined);
      if (!asked) return;
      question = asked.id;
      setText(text, `${asked.text} They have ${bytes(asked.bytes)}.`);
      setText(yes, `Yes, ${asked.text.startsWith("Move") ? "move" : "delete"} ${number(asked.deletions)} objects`);
    }),
    session.listen(look),
  ];
  look();
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}
