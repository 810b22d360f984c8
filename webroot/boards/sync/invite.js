import { change, request } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { moment } from "../../lib/format.js";
import { act, createAct, createSaid, forOperators } from "./acts.js";
import { statusOf } from "./words.js";

/** Lets a machine in: a folder, the command that joins it, and the machine as soon as it is there. @param {import("../../lib/live-feed.js").LiveFeed} feed */
export function createInvite(feed) {
  const { element: said, say } = createSaid();
  const name = h("input", { type: "text", "aria-label": "Folder", placeholder: "folder, such as docs", pattern: "[a-z0-9][a-z0-9_\\-]{0,31}", required: "", autocomplete: "off" });
  const command = h("pre", { class: "sync-command" });
  const became = h("p", { role: "status" });
  const back = createAct("Take it back", "Take the invitation back: nobody joins by it any more", () => void withdraw());
  const shown = h("div", {}, h("p", { class: "quiet", text: "Run this on the machine, with the path of the folder there; it is good once, for 15 minutes." }), command, became, back);
  setHidden(shown, true);
  /** @type {{ id: string, state: string, expiresAt: number, usedBy?: string } | undefined} */
  let invitation;
  const show = () => {
    if (!invitation) return;
    const { state, usedBy, expiresAt } = invitation;
    const machine = Object.values(feed.state?.nodes ?? {}).find((/** @type {any} */ one) => one.name === usedBy);
    setText(became, state === "open" ? `Nobody has joined by it yet. It is good until ${moment(expiresAt)}.`
      : state === "used" ? `${usedBy ?? "A machine"} has joined by it${machine ? ` and is ${statusOf(machine.status).word}` : ""}.`
        : state === "withdrawn" ? "It was taken back." : "It is over; make another one.");
    setHidden(back, state !== "open");
  };
  /** Asked when there is another machine, not all the time. */
  const look = async () => {
    if (invitation?.state !== "open") return;
    const { id } = invitation;
    const now = await request(`api/boards/${feed.board}/invitations/${id}`).catch(() => undefined);
    if (now && invitation?.id === id) invitation = now;
    show();
  };
  const withdraw = async () => {
    if (!invitation) return;
    try {
      invitation = await change("DELETE", `api/boards/${feed.board}/invitations/${invitation.id}`);
    } catch (error) {
      say(String(error instanceof Error ? error.message : error));
      await look();
    }
    show();
  };
  const add = async () => {
    const made = await act(feed, "invite", { folder: name.value.trim() }, say);
    setHidden(shown, !made);
    if (!made) return;
    setText(command, made.command);
    invitation = { id: made.id, state: "open", expiresAt: made.expiresAt };
    show();
  };
  const form = h("form", { class: "sync-buttons" }, name, createAct("Add machine", "Add machine to this folder", () => {}));
  form.querySelector("button")?.setAttribute("type", "submit");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  const element = h("div", { class: "sync-invite" }, form, said, shown);
  const ends = [
    forOperators(feed, element),
    feed.watch((state) => Object.entries(state.nodes ?? {}).map(([id, one]) => `${id} ${one.status}`).join("\n"), () => {
      show();
      void look();
    }),
  ];
  return {
    element,
    remove: () => {
      for (const end of ends) end();
    },
  };
}
