import { createButton } from "../../lib/full-page-card.js";
import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { createCompare } from "./compare.js";
import { isAdmin, openAdd, openDetails } from "./dialogs.js";
import { createList } from "./list.js";
import { createWall } from "./wall.js";
import { hubTrouble, OWN } from "./words.js";

/**
 * @typedef {{ element: HTMLElement, show: (hosts: import("./words.js").Hosts) => void, filter: (text: string) => void, remove: () => void }} Part
 */

/** @type {[name: string, text: string][]} */
const VIEWS = [["list", "List"], ["wall", "Wall"], ["compare", "Compare"]];

/** Many machines: a list, a wall, or some of them side by side. @type {import("../../views/board.js").Mount} */
export function mount(place, feed) {
  const counts = h("p", { class: "facts", role: "status" });
  place.identity.replaceChildren(h("h1", { text: "Machines" }), counts);
  const isolated = h("p", { class: "fault", role: "alert" });
  const hubs = h("p", { class: "fault", role: "status" });
  const filter = h("input", { type: "search", class: "fleet-filter", placeholder: "state:offline group:home cpu>80 web", "aria-label": "Filter machines", spellcheck: "false", autocomplete: "off", "data-filter": "" });
  filter.value = parameter("machines");
  const tabs = VIEWS.map(([name, text]) => ({ name, button: createButton(text, () => open(name)) }));
  const add = createButton("Add machines", () => openAdd(feed));
  const inside = h("div", { class: "fleet-inside" });
  const element = h("section", { class: "card wide-card fleet", "aria-label": "Machines" },
    h("div", { class: "fleet-tools" }, h("div", { class: "fleet-views", role: "group", "aria-label": "View" }, ...tabs.map(({ button }) => button)), filter, add), isolated, hubs, inside);
  place.board.append(element);
  /** @type {Part | undefined} */
  let part;
  /** @param {string} name */
  const open = (name) => {
    part?.remove();
    part = name === "wall" ? createWall() : name === "compare" ? createCompare(feed, place.span) : createList((id) => openDetails(feed, id));
    inside.replaceChildren(part.element);
    for (const tab of tabs) setAttribute(tab.button, "aria-pressed", String(tab.name === name));
    setHidden(filter, name === "compare");
    keep("view", name === "list" ? "" : name);
    part.filter(filter.value);
    part.show(feed.state?.hosts ?? {});
  };
  filter.addEventListener("input", () => {
    keep("machines", filter.value.trim());
    part?.filter(filter.value);
  });
  const usual = "wall" in document.documentElement.dataset ? "wall" : "list";
  open(VIEWS.some(([name]) => name === parameter("view")) ? parameter("view") : usual);
  const ends = [
    feed.watch((state) => state, (state) => {
      const { hostCount = 0, liveCount = 0, isolated: isAlone = false, store = "ok", nodes = {} } = state?.hub ?? {};
      setText(counts, `${liveCount} of ${hostCount} live${state?.hosts?.[OWN] ? ", and this one" : ""}`);
      setText(isolated, isAlone ? "Most machines fell silent at once: this one has lost its network, it seems. Nothing is known of them." : "");
      setText(hubs, hubTrouble(store, nodes));
      part?.show(state?.hosts ?? {});
    }),
    feed.bus.session.listen(() => setHidden(add, !isAdmin(feed))),
    () => part?.remove(),
    () => keep("machines", ""),
    () => keep("view", ""),
  ];
  setHidden(add, !isAdmin(feed));
  return () => {
    for (const end of ends) end();
  };
}

/** @param {string} name */
const parameter = (name) => new URLSearchParams(location.search).get(name) ?? "";

/** Keeps a word in the address, so that the same is shown again. @param {string} name @param {string} value "" for none */
function keep(name, value) {
  const query = new URLSearchParams(location.search);
  if ((query.get(name) ?? "") === value) return;
  if (value) query.set(name, value);
  else query.delete(name);
  const text = query.toString();
  history.replaceState(null, "", `${location.pathname}${text && `?${text}`}${location.hash}`);
}
