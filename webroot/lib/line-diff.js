/**
 * What two texts have in common, line by line, as Myers finds it ("An O(ND) difference algorithm", 1986): the fewest lines that have to go and to come.
 *
 * @typedef {{ kind: "same" | "old" | "new", text: string }} Line a line with its end, which the last one of a text may lack
 * @typedef {Line & { oldNumber?: number, newNumber?: number }} Numbered
 * @typedef {{ kind: "skipped", count: number }} Skipped lines that both have
 */

/** Texts that have less in common are not worth the time: of what is between their equal ends all goes, and all comes. */
const MOST_EDITS = 1_000;

/** @param {string} text @returns {string[]} */
export function linesOf(text) {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** @param {string} old @param {string} now @param {number} [mostEdits] @returns {Line[]} */
export function diffLines(old, now, mostEdits = MOST_EDITS) {
  const [a, b] = [linesOf(old), linesOf(now)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const lines = (/** @type {string[]} */ texts, /** @type {Line["kind"]} */ kind) => texts.map((text) => ({ kind, text }));
  const [goes, comes] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const middle = shortest(goes, comes, mostEdits) ?? [...lines(goes, "old"), ...lines(comes, "new")];
  return [...lines(a.slice(0, start), "same"), ...middle, ...lines(a.slice(a.length - end), "same")];
}

/**
 * How far each diagonal gets with so many edits, one edit more each time, until one is at the end of both.
 * @param {string[]} a @param {string[]} b @param {number} most
 * @returns {Line[] | undefined} undefined if that takes more edits
 */
function shortest(a, b, most) {
  const limit = Math.min(most, a.length + b.length);
  const reach = new Int32Array(2 * limit + 3);
  const at = limit + 1;
  /** @type {Int32Array[]} What was reached with fewer edits. */
  const before = [];
  for (let edits = 0; edits <= limit; edits++) {
    before.push(reach.slice(at - edits - 1, at + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = stepFrom(reach, at, diagonal, edits);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach[at + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return path(a, b, before);
    }
  }
  return undefined;
}

/** Whether one more edit gets farther on a diagonal by a line of the new text than past one of the old text. @param {Int32Array} reach @param {number} at @param {number} diagonal @param {number} edits */
function comes(reach, at, diagonal, edits) {
  return diagonal === -edits || (diagonal !== edits && (reach[at + diagonal - 1] ?? 0) < (reach[at + diagonal + 1] ?? 0));
}

/** Where it gets to. @param {Int32Array} reach @param {number} at @param {number} diagonal @param {number} edits */
function stepFrom(reach, at, diagonal, edits) {
  return comes(reach, at, diagonal, edits) ? reach[at + diagonal + 1] ?? 0 : (reach[at + diagonal - 1] ?? 0) + 1;
}

/** Back from the end of both, by what was reached before each edit. @param {string[]} a @param {string[]} b @param {Int32Array[]} before @returns {Line[]} */
function path(a, b, before) {
  /** @type {Line[]} */
  const lines = [];
  let [x, y] = [a.length, b.length];
  for (let edits = before.length - 1; edits >= 0; edits--) {
    const reach = /** @type {Int32Array} */ (before[edits]);
    const diagonal = x - y;
    const start = stepFrom(reach, edits + 1, diagonal, edits);
    const isNew = comes(reach, edits + 1, diagonal, edits);
    for (; x > start; x--, y--) lines.push({ kind: "same", text: a[x - 1] ?? "" });
    if (edits === 0) break;
    lines.push(isNew ? { kind: "new", text: b[--y] ?? "" } : { kind: "old", text: a[--x] ?? "" });
  }
  return lines.reverse();
}

/**
 * With their numbers, and of what both have only a few lines around what differs.
 * @param {Line[]} lines @param {number} around
 * @returns {(Numbered | Skipped)[]}
 */
export function excerpt(lines, around) {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, index) => {
    if (kind !== "same") near.fill(1, Math.max(0, index - around), index + around + 1);
  });
  /** @type {(Numbered | Skipped)[]} */
  const shown = [];
  let [oldNumber, newNumber] = [0, 0];
  lines.forEach(({ kind, text }, index) => {
    if (kind !== "new") oldNumber++;
    if (kind !== "old") newNumber++;
    const last = shown.at(-1);
    if (near[index]) shown.push({ kind, text, oldNumber: kind === "new" ? undefined : oldNumber, newNumber: kind === "old" ? undefined : newNumber });
    else if (last?.kind === "skipped") last.count++;
    else shown.push({ kind: "skipped", count: 1 });
  });
  return shown;
}
