import { Playback } from "./demo/playback.js";
import { barList, blanks, colors, keyFigures, progress, states, table, timeline } from "./demo/parts.js";
import { h, setText } from "./lib/dom.js";
import { createThemeButton } from "./lib/theme-button.js";
import { createFault } from "./ui/blank.js";

const STEP_MS = 1_000;
const main = /** @type {HTMLElement} */ (document.getElementById("parts"));
const controls = /** @type {HTMLElement} */ (document.getElementById("controls"));

/** @param {string} title @param {import("./demo/parts.js").Part} part @param {string} [kind] */
function card(title, part, kind = "") {
  const id = `part-${title.toLowerCase().replace(/\W+/g, "-")}`;
  main.append(h("section", { class: `card ${kind}`, "aria-labelledby": id }, h("div", { class: "card-head" }, h("h2", { id, text: title })), h("div", { class: "card-body" }, part.element)));
  return part;
}

/** @param {import("./demo/playback.js").Recording} recording */
function play(recording) {
  const playback = new Playback(recording);
  const parts = [
    card("States", states()), card("Key figures", keyFigures()), card("Progress", progress()), card("Bar list", barList()),
    card("Table with filter and details", table(), "wide-card"), card("Timeline", timeline(recording.events, Date.now()), "wide-card"),
    card("Empty, failed, loading", blanks()), card("Colours and sizes of text", colors()),
  ];
  const show = () => parts.forEach((part) => part.show(playback.states));
  const step = () => {
    playback.forward(STEP_MS);
    show();
  };
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  const button = h("button", { type: "button" });
  const toggle = () => {
    clearInterval(timer);
    timer = timer === undefined ? setInterval(step, STEP_MS) : undefined;
    setText(button, timer === undefined ? "Play the recording" : "Stop the recording");
  };
  button.addEventListener("click", toggle);
  controls.append(button);
  show();
  // For pictures, which have to be the same each time: "?still".
  if (new URLSearchParams(location.search).has("still")) setText(button, "Play the recording");
  else toggle();
  main.dataset.ready = "";
}

async function begin() {
  main.replaceChildren();
  try {
    const answer = await fetch(new URL("./demo/recording.json", import.meta.url));
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    play(await answer.json());
  } catch (error) {
    main.replaceChildren(createFault("The recording did not load", `${error instanceof Error ? error.message : error}. Reload the page; after an upgrade its files have other names.`, () => void begin()).element);
  }
}

controls.append(createThemeButton().element);
void begin();
