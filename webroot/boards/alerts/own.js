import { request } from "../../lib/api.js";
import { h, setHidden, setText } from "../../lib/dom.js";
import { createDoer, fillCard } from "./card.js";
import { createField, createSelect, openForm } from "./form.js";
import { DAYS, daysOf, ownWords } from "./own-words.js";

/**
 * @typedef {import("./acts.js").Acts} Acts
 * @typedef {import("./own-words.js").Choice} Choice
 * @typedef {{ user?: string, person?: string, file?: Choice, chosen?: Choice }} Own
 */

/** How whoever looks is told of alerts, and a way to change that; nothing for those whom no file names. @type {import("./board.js").Part} */
export function mountOwn(card, _, __, acts) {
  const words = h("p", {});
  const more = h("p", { class: "quiet" });
  /** @type {Own} */
  let own = {};
  const change = h("button", { type: "button", text: "Change" });
  change.addEventListener("click", () => ask(acts, own, () => void look()));
  const back = createDoer("As the files say", async () => {
    await acts.act("reset-notifications", {});
    await look();
  });
  fillCard(card, "own", "Your messages").append(words, more, h("div", { class: "alert-acts" }, change, back.button, back.said));
  const show = () => {
    setHidden(card, own.file === undefined);
    if (own.file === undefined) return;
    setText(words, ownWords(own.chosen ?? own.file));
    setText(more, own.chosen ? `You chose this. The files say: ${ownWords(own.file)}` : "So the files say. What you choose here counts for you instead.");
    setHidden(back.button, own.chosen === undefined);
  };
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    const answer = acts.may("set-notifications") && acts.has("notifications") ? await request(acts.pathOf("notifications")).catch(() => ({})) : {};
    if (mine !== asked) return; // Somebody else has signed in meanwhile.
    own = answer;
    show();
  };
  show();
  const end = acts.listen(() => void look());
  return () => {
    asked++;
    end();
  };
}

/** @param {Acts} acts @param {Own} own @param {() => void} done */
function ask(acts, { file = {}, chosen }, done) {
  const now = chosen ?? file;
  const all = file.channels ?? [];
  const channels = all.map((name) => box(name, (now.channels ?? all).includes(name)));
  const severity = createSelect([["warning", "warnings and what is critical"], ["critical", "only what is critical"]], now.severity);
  const quiet = now.quietHours;
  const isQuiet = box("Leave me alone at some time of the day", quiet !== undefined);
  const time = (/** @type {string} */ value) => h("input", { type: "time", required: "", value });
  const from = time(quiet?.from ?? "22:00");
  const to = time(quiet?.to === "24:00" ? "00:00" : quiet?.to ?? "07:00");
  const zone = h("input", { required: "", autocomplete: "off", spellcheck: "false", value: quiet?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone });
  const days = createSelect([...DAYS, ...(daysOf(quiet) in Object.fromEntries(DAYS) ? [] : /** @type {[string, string][]} */ ([[daysOf(quiet), daysOf(quiet)]]))], daysOf(quiet));
  const through = box("Critical ones come through", quiet === undefined || [quiet.letThrough].flat().includes("critical"));
  const hours = h("div", { class: "stack" },
    h("div", { class: "fields" }, createField("From", from), createField("To", to)), createField("Time zone", zone, "such as Europe/Berlin"), createField("On nights, or days, that begin on", days), through.element);
  const fold = () => {
    setHidden(hours, !isQuiet.input.checked);
    for (const input of [from, to, zone]) input.disabled = !isQuiet.input.checked; // What is hidden is not checked.
  };
  isQuiet.input.addEventListener("change", fold);
  fold();
  openForm({
    title: "Your messages", verb: "Save",
    fields: [...(all.length > 1 ? [h("fieldset", {}, h("legend", { text: "By" }), ...channels.map(({ element }) => element))] : []), createField("Of what", severity), isQuiet.element, hours],
    submit: async () => {
      const wanted = channels.filter(({ input }) => input.checked).map(({ input }) => input.value);
      if (wanted.length === 0) throw new Error("Choose at least one way to be told.");
      const quietHours = { from: from.value, to: to.value, zone: zone.value.trim(), ...(days.value && { days: days.value.split(",") }), letThrough: through.input.checked ? ["critical"] : [] };
      await acts.act("set-notifications", { severity: severity.value, channels: wanted.join(","), ...(isQuiet.input.checked && { quietHours }) });
      done();
    },
  });
}

/** @param {string} text @param {boolean} isOn */
function box(text, isOn) {
  const input = h("input", { type: "checkbox", value: text });
  input.checked = isOn;
  return { input, element: h("label", { class: "choice" }, input, text) };
}
