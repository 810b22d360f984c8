import { h, setHidden, setText } from "../../lib/dom.js";
import { isSubscribed, pushObstacle, subscribe, unsubscribe } from "../../lib/push.js";
import { createDoer } from "./card.js";

/** Whether this browser is sent messages while no page is open, and what changes that. @param {import("./acts.js").Acts} acts */
export function createBrowserSwitch(acts) {
  const on = createDoer("Send messages to this browser", async () => {
    await subscribe();
    await look();
    return "It takes messages of every channel of kind push.";
  });
  const off = createDoer("Send this browser no more messages", async () => {
    await unsubscribe();
    await look();
    return "It takes none any more.";
  });
  const obstacle = h("p", { class: "quiet" });
  const element = h("div", { class: "block" }, h("div", { class: "alert-acts" }, on.button, off.button, on.said, off.said), obstacle);
  const look = async () => {
    const isOn = await isSubscribed().catch(() => false);
    const why = pushObstacle();
    setHidden(on.button, isOn || why !== "");
    setHidden(off.button, !isOn);
    setText(obstacle, why && `No messages to this browser: ${why}`);
    setHidden(obstacle, why === "");
    setText((isOn ? off : on).said, "");
  };
  const show = () => {
    const may = acts.may("subscribe-browser");
    setHidden(element, !may);
    if (may) void look();
  };
  return { element, show };
}
