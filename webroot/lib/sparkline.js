/** How wide and high the field of a line is, in its own units. */
export const WIDTH = 60;
export const HEIGHT = 100;

/**
 * The line of a ring as the path of an SVG, from left (old) to right (new). What is not known is a gap; a number alone
 * between two gaps is a dot.
 * @param {import("./ring.js").Ring} ring
 * @param {number} top the number that the upper edge stands for
 */
export function line(ring, top) {
  const step = WIDTH / (ring.capacity - 1);
  let path = "";
  let known = false;
  for (let index = 0; index < ring.capacity; index++) {
    const value = ring.at(index);
    if (!Number.isNaN(value)) path += `${known ? "L" : "M"}${place(index * step)} ${place(HEIGHT * (1 - share(value, top)))}`;
    if (!Number.isNaN(value) && !known) path += "h0";
    known = !Number.isNaN(value);
  }
  return path;
}

/** The upper edge for numbers that have no natural one. @param {number} high the highest of them, NaN if there is none */
export function roof(high) {
  return high > 0 ? high * 1.1 : 1;
}

/** @param {number} value @param {number} top */
function share(value, top) {
  return Math.min(1, Math.max(0, value / top));
}

/** @param {number} value */
function place(value) {
  return Math.round(value * 100) / 100;
}
