/** Holds the line that points at a moment in all charts, or takes it away. @param {import("./timeline.js").Timeline} timeline @param {number | undefined} at Unix ms */
export function pointAt(timeline, at) {
  const { pointing } = timeline;
  for (const each of pointing.charts) each.pointAt(at);
  const chart = [...pointing.charts].find((one) => one.isDrawn);
  const [first] = chart?.moments ?? [];
  if (at === undefined || !chart || first === undefined) return pointing.show(undefined);
  const index = Math.min(chart.moments.length - 1, Math.max(0, Math.round((at - first) / timeline.step)));
  pointing.show({ at: chart.moments[index] ?? at, index, chart, isHeld: true });
}
