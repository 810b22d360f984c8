/** Where a scale ends: at a figure that people read at a glance, and that stays while the line below it moves a little. */

const STEPS = [1, 1.5, 2, 3, 4, 6, 8, 10];
const BINARY_STEPS = [...STEPS, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1024];

/** @param {number} value @returns {number} as much or a little more */
export function roundUp(value) {
  if (!(value > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * (STEPS.find((step) => step * unit >= value) ?? 10);
}

/** The same in KiB, MiB… @param {number} value bytes */
export function roundUpBytes(value) {
  if (!(value > 0)) return 1;
  const unit = 1024 ** Math.floor(Math.log2(value) / 10);
  return unit * (BINARY_STEPS.find((step) => step * unit >= value) ?? 1024);
}
