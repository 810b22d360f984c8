import { h, setHidden, setText } from "../lib/dom.js";
import { layOut } from "../lib/wall-layout.js";

/** How long each page is shown; one with something that is in trouble, twice as long. "?wall=30" says another number of seconds. */
const TURN_S = 15;
/** Cards come up, and grow, one after the other. */
const SETTLED_MS = 400;
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/**
 * The page as a wall shows it: what it says and no controls, enlarged until the screen is full; cards that do not fit take turns. A card keeps its
 * place until it does not fit there any more.
 * @param {HTMLElement} page
 * @returns {() => void} ends it
 */
export function mountWall(page) {
  const wall = new Wall(page);
  return () => wall.end();
}

class Wall {
  #page;
  #board;
  #columns = /** @type {HTMLElement[][]} */ ([]);
  /** In which order the page has its cards: here they are moved about. @type {WeakMap<Element, number>} */
  #order = new WeakMap();
  #known = 0;
  #clock = h("span", { class: "wall-clock" });
  #turn = h("span", { class: "wall-turn", hidden: "" });
  #bar = h("section", { class: "wall-bar", "aria-label": "Time and page" }, this.#turn, this.#clock);
  #shown = 0;
  #turnedAt = performance.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #ends;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    this.#board = /** @type {HTMLElement} */ (page.querySelector("#board"));
    page.querySelector("#header")?.after(this.#bar);
    const soon = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        if (!this.#fits()) this.#arrange();
      }, SETTLED_MS);
    };
    const sizes = new ResizeObserver(soon);
    const watched = new MutationObserver(() => {
      for (const card of this.#cards) sizes.observe(card);
      soon();
    });
    const resized = () => {
      this.#columns = [];
      soon();
    };
    watched.observe(this.#board, { childList: true });
    for (const other of [page.querySelector(".verdict"), page.querySelector("#header")]) if (other) sizes.observe(other);
    for (const card of this.#cards) sizes.observe(card);
    addEventListener("resize", resized);
    const tick = setInterval(() => this.#tick(), 1_000);
    this.#tick();
    soon();
    this.#ends = [() => sizes.disconnect(), () => watched.disconnect(), () => removeEventListener("resize", resized), () => clearInterval(tick), () => clearTimeout(this.#timer)];
  }

  end() {
    for (const end of this.#ends) end();
    this.#bar.remove();
    this.#page.style.removeProperty("--wall");
  }

  /** Those that have something to say. */
  get #cards() {
    const all = [...this.#board.querySelectorAll(".card")].filter((card) => !card.parentElement?.closest(".card"));
    for (const card of all) if (!this.#order.has(card)) this.#order.set(card, this.#known++);
    const shown = /** @type {HTMLElement[]} */ (all.filter((card) => card instanceof HTMLElement && !card.hidden));
    return shown.sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
  }

  /** Whether each card is where it was put, and none is cut. */
  #fits() {
    const placed = this.#columns.flat().flatMap((column) => [...column.children]);
    const cards = this.#cards;
    if (cards.length === 0 || cards.some((card) => !placed.includes(card))) return cards.length === 0;
    return this.#columns.flat().every((column) => column.hidden || column.scrollHeight <= this.#board.clientHeight + 1);
  }

  #arrange() {
    const cards = this.#cards;
    this.#page.style.setProperty("--wall", "1");
    const gap = Number.parseFloat(getComputedStyle(this.#board).rowGap) || 0;
    const probe = h("div", { class: "column" });
    this.#board.append(probe);
    probe.append(...cards);
    for (const column of this.#board.children) if (column !== probe && column instanceof HTMLElement) column.hidden = true;
    // What is above the cards is enlarged as well, and so takes more of the screen: the second round knows how much.
    let { scale, pages } = layOut(this.#room(1, gap), (width) => measure(probe, cards, width));
    ({ scale, pages } = layOut(this.#room(scale, gap), (width) => measure(probe, cards, width)));
    this.#page.style.setProperty("--wall", String(scale));
    this.#columns = pages.map((page) => page.map((numbers) => h("div", { class: "column wall-column" }, ...numbers.map((number) => /** @type {HTMLElement} */ (cards[number])))));
    probe.remove();
    for (const old of this.#board.querySelectorAll(".wall-column")) old.remove();
    this.#board.append(...this.#columns.flat());
    this.#show(Math.min(this.#shown, pages.length - 1));
  }

  /** In pixels of the screen. @param {number} scale @param {number} gap @returns {import("../lib/wall-layout.js").Room} */
  #room(scale, gap) {
    this.#page.style.setProperty("--wall", String(scale));
    const style = getComputedStyle(this.#board);
    const sides = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
    return { width: this.#board.clientWidth * scale - sides * scale, height: this.#board.clientHeight * scale, gap };
  }

  #tick() {
    setText(this.#clock, CLOCK.format(Date.now()));
    const page = this.#columns[this.#shown] ?? [];
    const seconds = Number(new URLSearchParams(location.search).get("wall")) || TURN_S;
    const isTroubled = page.some((column) => column.querySelector(".card[data-level]"));
    if (this.#columns.length < 2 || performance.now() - this.#turnedAt < seconds * (isTroubled ? 2_000 : 1_000)) return;
    this.#show((this.#shown + 1) % this.#columns.length);
  }

  /** @param {number} number of the page */
  #show(number) {
    this.#shown = number;
    this.#turnedAt = performance.now();
    this.#board.style.setProperty("--columns", String(this.#columns[number]?.length ?? 1));
    this.#columns.forEach((page, index) => page.forEach((column) => setHidden(column, index !== number)));
    setHidden(this.#turn, this.#columns.length < 2);
    setText(this.#turn, `page ${number + 1} of ${this.#columns.length}`);
  }
}

/** @param {HTMLElement} probe @param {HTMLElement[]} cards @param {number} width */
function measure(probe, cards, width) {
  probe.style.width = `${width}px`;
  return cards.map((card) => card.offsetHeight);
}
