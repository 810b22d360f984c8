import { h, setHidden, setText } from "../../lib/dom.js";
import { act, createAct, createSaid, forOperators } from "./acts.js";

/** Lets a machine in: a folder, and the command that joins it. @param {import("../../lib/live-feed.js").LiveFeed} feed */
export function createInvite(feed) {
  const { element: said, say } = createSaid();
  const name = h("input", { type: "text", "aria-label": "Folder", placeholder: "folder, such as docs", pattern: "[a-z0-9][a-z0-9_\\-]{0,31}", required: "", autocomplete: "off" });
  const command = h("pre", { class: "sync-command" });
  const shown = h("div", {}, h("p", { class: "quiet", text: "Run this on the machine, with the path of the folder there; it is good once, for 15 minutes." }), command);
  setHidden(shown, true);
  const add = async () => {
    const invitation = await act(feed, "invite", { folder: name.value.trim() }, say);
    setHidden(shown, !invitation);
    if (invitation) setText(command, invitation.command);
  };
  const form = h("form", { class: "sync-buttons" }, name, createAct("Add machine", "Add machine to this folder", () => {}));
  form.querySelector("button")?.setAttribute("type", "submit");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  const element = h("div", { class: "sync-invite" }, form, said, shown);
  return { element, remove: forOperators(feed, element) };
}
