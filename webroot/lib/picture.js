import uPlot from "../vendor/uPlot.esm.js";
import { color } from "./colors.js";
import { plotOptions } from "./plot.js";

/** @typedef {import("./chart.js").Chart} Chart */

const WIDTH = 1_000;
const [HIGH, LOW] = [200, 110];
const [MARGIN, HEAD, TITLE] = [24, 56, 26];

/**
 * Draws the charts once more, one below the other, each with its axes, as a picture of its own.
 * @param {Chart[]} charts
 * @param {string} title
 * @returns {Promise<Blob>} a PNG
 */
export async function draw(charts, title) {
  const sheets = await Promise.all(charts.map((chart, index) => plotted(chart, index === 0)));
  const ratio = uPlot.pxRatio;
  const canvas = document.createElement("canvas");
  canvas.width = (WIDTH + 2 * MARGIN) * ratio;
  canvas.height = (HEAD + sheets.reduce((sum, { height }) => sum + height + TITLE, MARGIN)) * ratio;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(ratio, ratio);
  pen.fillStyle = color("card");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  write(pen, title, 18, MARGIN, MARGIN + 12);
  let top = HEAD;
  for (const { options, height, image } of sheets) {
    legend(pen, options, top + TITLE - 8);
    pen.drawImage(image, MARGIN, top + TITLE, WIDTH, height);
    top += TITLE + height;
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("the browser gives no picture"))));
}

/** @param {CanvasRenderingContext2D} pen @param {string} text @param {number} size @param {number} left @param {number} base @param {string} [tone] */
function write(pen, text, size, left, base, tone = "text") {
  pen.fillStyle = color(tone);
  pen.font = `600 ${size}px system-ui, sans-serif`;
  pen.fillText(text, left, base);
  return left + pen.measureText(text).width + size;
}

/** What a chart is of, without the name of its first line where all lines are named beside it. @param {{ label: string, series: { name: string }[] }} options */
export function subject({ label, series: [first, ...others] }) {
  return others.length && first && label.endsWith(` ${first.name}`) ? label.slice(0, -first.name.length - 1) : label;
}

/** The names of the lines, each in its colour. @param {CanvasRenderingContext2D} pen @param {import("./chart.js").ChartOptions} options @param {number} base */
function legend(pen, { label, series }, base) {
  let left = write(pen, subject({ label, series }), 13, MARGIN, base);
  if (series.length > 1) for (const { name, tone } of series) left = write(pen, name, 13, left, base, tone);
}

/** @param {Chart} chart @param {boolean} hasWords whether it says what happened @returns {Promise<{ options: import("./chart.js").ChartOptions, height: number, image: HTMLCanvasElement }>} */
function plotted({ options, content }, hasWords) {
  const height = options.axis ? HIGH : LOW;
  return new Promise((resolve) => {
    const drawn = (/** @type {uPlot} */ plot) => {
      resolve({ options, height, image: plot.ctx.canvas });
      plot.destroy();
    };
    const hooks = { ready: [(/** @type {uPlot} */ plot) => queueMicrotask(() => drawn(plot))] };
    new uPlot({ ...plotOptions({ ...options, axis: true, hasWords }, content, { width: WIDTH, height }), hooks, cursor: { show: false } },
      content.data, document.createElement("div"));
  });
}

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
