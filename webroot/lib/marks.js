import uPlot from "../vendor/uPlot.esm.js";
import { color } from "./colors.js";

/**
 * Something that happened at a moment: a flag on the time axis.
 * @typedef {object} Mark
 * @property {number} at Unix ms
 * @property {string} kind what it was: "firing", "resolved", "reboot", "restart" …
 * @property {string} tone a design token without dashes
 * @property {string} text for people; it may hold what others have chosen
 * @property {string} [level] of an alert
 */

const [FLAG_WIDTH, FLAG_HEIGHT] = [7, 6];
const FONT = "600 11px system-ui, sans-serif";
/** Longer words are cut in a picture; the page has them whole. */
const LONGEST = 34;

/** Those between two moments. @param {readonly Mark[]} marks @param {number} from @param {number} to */
export function within(marks, from, to) {
  return marks.filter(({ at }) => at >= from && at <= to);
}

/**
 * What draws them into a chart: a line from top to bottom, and a flag at the top.
 * @param {() => readonly Mark[]} marks
 * @param {boolean} hasWords whether the flags say what they are: where there is nothing to point with
 * @returns {uPlot.Plugin}
 */
export function marksPlugin(marks, hasWords) {
  return { hooks: { draw: (plot) => drawMarks(plot, marks(), hasWords) } };
}

/** @param {uPlot} plot @param {readonly Mark[]} marks @param {boolean} hasWords */
function drawMarks(plot, marks, hasWords) {
  const { ctx: pen, bbox: { left, top, height, width } } = plot;
  const ratio = uPlot.pxRatio;
  const { min = 0, max = 0 } = plot.scales.x ?? {};
  /** Up to where words reach in each line of them. @type {number[]} */
  const taken = [];
  for (const { at, tone, text } of within(marks, min, max)) {
    const x = Math.round(plot.valToPos(at, "x", true));
    pen.save();
    pen.strokeStyle = pen.fillStyle = color(tone);
    pen.lineWidth = ratio;
    pen.setLineDash([3 * ratio, 3 * ratio]);
    pen.beginPath();
    pen.moveTo(x, top);
    pen.lineTo(x, top + height);
    pen.stroke();
    const way = x + FLAG_WIDTH * ratio > left + width ? -1 : 1; // A flag at the right edge blows to the left.
    pen.beginPath();
    pen.moveTo(x, top);
    pen.lineTo(x + way * FLAG_WIDTH * ratio, top + FLAG_HEIGHT * ratio / 2);
    pen.lineTo(x, top + FLAG_HEIGHT * ratio);
    pen.fill();
    if (hasWords) writeWords(pen, short(text), x, top, ratio, left + width, taken);
    pen.restore();
  }
}

/** @param {string} text */
function short(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** In the first line that is free there. @param {CanvasRenderingContext2D} pen @param {string} text @param {number} x @param {number} top @param {number} ratio @param {number} right @param {number[]} taken */
function writeWords(pen, text, x, top, ratio, right, taken) {
  pen.font = FONT.replace("11", String(11 * ratio));
  const size = pen.measureText(text).width;
  const from = Math.min(x + (FLAG_WIDTH + 3) * ratio, right - size);
  const line = [0, 1, 2].find((one) => (taken[one] ?? -Infinity) < from);
  if (line === undefined) return; // Three lines are full: the flag has to do.
  taken[line] = from + size + 6 * ratio;
  const base = top + (10 + 15 * line) * ratio;
  const tone = pen.fillStyle;
  pen.fillStyle = color("card"); // A ground of its own: below it may be any line.
  pen.globalAlpha = 0.86;
  pen.fillRect(from - 2 * ratio, base - 10 * ratio, size + 4 * ratio, 14 * ratio);
  pen.globalAlpha = 1;
  pen.fillStyle = tone;
  pen.fillText(text, from, base);
}
