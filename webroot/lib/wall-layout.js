/**
 * @typedef {object} Room
 * @property {number} width of the screen, in pixels of the screen
 * @property {number} height
 * @property {number} gap between cards, not enlarged
 *
 * @typedef {{ scale: number, pages: number[][][] }} Layout pages of columns of the cards' numbers; scale: how much all is enlarged
 */

/** A card is no narrower than that, not enlarged. */
const NARROWEST = 350;
const WIDEST = 900;
/** How much all is enlarged on a screen of 1080 lines: the smallest is what is still read from some metres, and pages take turns rather than that. */
const [LEAST, MOST, STEP] = [1.15, 1.9, 0.05];
const LINES = 1_080;
const MOST_PAGES = 6;

/**
 * Puts cards in columns, as large as the screen lets all be; where not all fit, on pages that take turns. Cards keep their order.
 * @param {Room} room
 * @param {(width: number) => number[]} measure how high each card is at that width, neither enlarged
 * @returns {Layout}
 */
export function layOut({ width, height, gap }, measure) {
  /** @type {Map<number, number[]>} */
  const known = new Map();
  const heights = (/** @type {number} */ wanted) => known.get(wanted) ?? known.set(wanted, measure(wanted)).get(wanted) ?? [];
  const unit = Math.min(height / LINES, width / (LINES * 16 / 9));
  const cards = heights(WIDEST).length;
  for (let pages = 1; pages <= MOST_PAGES; pages++) {
    for (let times = MOST; times > LEAST - STEP / 2; times -= STEP) {
      const scale = times * unit;
      for (const columns of counts(width / scale, gap, cards)) {
        const each = Math.floor((width / scale - gap * (columns - 1)) / columns);
        const found = fill(heights(each), pages, columns, height / scale, gap);
        if (found) return { scale, pages: found };
      }
    }
  }
  const columns = counts(width / (LEAST * unit), gap, cards)[0] ?? 1;
  // One that is higher than the screen is cut; the others are whole.
  const each = Math.floor((width / (LEAST * unit) - gap * (columns - 1)) / columns);
  return { scale: LEAST * unit, pages: fill(heights(each).map((one) => Math.min(one, height / (LEAST * unit))), Infinity, columns, height / (LEAST * unit), gap) ?? [] };
}

/** How many columns there can be, the widest first; none without a card. @param {number} width @param {number} gap @param {number} cards */
function counts(width, gap, cards) {
  const fewest = Math.max(1, Math.min(cards, Math.ceil((width + gap) / (WIDEST + gap))));
  const most = Math.max(1, Math.min(cards, Math.floor((width + gap) / (NARROWEST + gap))));
  return Array.from({ length: Math.max(1, most - fewest + 1) }, (_, index) => fewest + index);
}

/**
 * Each card, in their order, to the first page that has room for it, and there to the shortest column.
 * @param {number[]} heights @param {number} most pages @param {number} count of columns of each @param {number} room @param {number} gap
 * @returns {number[][][] | undefined} undefined where they do not fit
 */
function fill(heights, most, count, room, gap) {
  /** @type {{ height: number, cards: number[] }[][]} */
  const pages = [];
  const shortest = (/** @type {{ height: number, cards: number[] }[]} */ page) => page.reduce((best, one) => (one.height < best.height ? one : best));
  for (const [card, height] of heights.entries()) {
    if (height > room) return undefined;
    let page = pages.find((one) => shortest(one).height + gap + height <= room);
    if (!page) {
      if (pages.length === most) return undefined;
      pages.push(page = Array.from({ length: count }, () => ({ height: -gap, cards: [] })));
    }
    const column = shortest(page);
    column.height += gap + height;
    column.cards.push(card);
  }
  return pages.map((page) => page.map(({ cards }) => cards));
}
