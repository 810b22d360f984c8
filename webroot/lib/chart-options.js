/** What a chart is told, as types only. */

/**
 * @typedef {object} Series
 * @property {string} name of the line
 * @property {string} tone the name of a design token, without dashes: "tone-user"
 * @property {(state: any) => number | undefined} read
 * @property {string[]} from the names of the series that it reads, see series-name.js
 * @property {"soft" | "solid" | "none"} [fill]
 * @property {"both" | "none" | "only"} [band] whether lowest and highest are drawn with the average, where a point stands for a while
 *
 * @typedef {object} ChartOptions
 * @property {string} label what the lines show, for those who cannot see them
 * @property {Series[]} series the first one with a line is the one that the text alternative speaks of
 * @property {(value: number) => string} text
 * @property {number} [top] the scale's fixed upper end; without it the scale follows the data
 * @property {number} [least] the upper end never falls below this, so that noise does not look like a storm
 * @property {(value: number) => number} [roof] rounds the upper end up, where the scale follows the data
 * @property {boolean} [axis]
 * @property {number} [gutter] room that is left free at the right
 * @property {(top: number) => void} [drawn] told the upper end when it has been drawn
 * @property {boolean} [stacked] each line is the sum of itself and those after it
 * @property {boolean} [hasWords] whether the flags of what happened say what it was
 */

export {};
