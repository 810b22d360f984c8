import { between } from "./span.js";

/**
 * @typedef {import("./timeline.js").Timeline} Timeline
 * @typedef {import("../vendor/uPlot.esm.js")} Plot
 * @typedef {import("../vendor/uPlot.esm.js").Options} Options
 */

/** Below this the mouse has clicked and not drawn. */
const DRAWN = 6;

/**
 * The line below the mouse, in all charts at once; what is drawn with the mouse becomes the span.
 * @param {Timeline} timeline
 * @param {(index: number | undefined, isHere: boolean) => void} show the point below the line, and whether the mouse is in this very chart
 * @param {() => boolean} isSeen charts out of sight need not follow
 * @returns {Pick<Options, "cursor" | "hooks">}
 */
export function cursorOptions(timeline, show, isSeen) {
  return {
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: DRAWN },
      sync: { key: "pulseboard", scales: ["x", null], filters: { pub: () => true, sub: isSeen } },
      points: { show: false },
      bind: {
        dblclick: () => null,
        mousedown: (_plot, _target, handler) => (event) => {
          if (event.button === 0 && !event.shiftKey) handler(event);
          return null;
        },
      },
    },
    hooks: {
      setCursor: [(plot) => show(plot.cursor.idx ?? undefined, Boolean(plot.cursor.event))],
      setSelect: [(plot) => selected(plot, timeline)],
    },
  };
}

/** @param {Plot} plot @param {Timeline} timeline */
function selected(plot, timeline) {
  const { select: { left, width }, cursor } = plot;
  if (width === 0) return;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (!cursor.event) return; // The mouse was in another chart, which tells it itself.
  timeline.show(between(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"), timeline.now));
}
