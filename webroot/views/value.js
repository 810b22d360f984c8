import { base } from "../lib/api.js";
import { h, setAttribute, setText } from "../lib/dom.js";
import { SIGNED_OUT } from "../lib/close-reasons.js";
import { inFrame } from "../lib/frame.js";
import { now } from "../lib/clock.js";
import { Ring } from "../lib/ring.js";
import { HEIGHT, line, roof, WIDTH } from "../lib/sparkline.js";

/** A minute, both ends included. */
const SECONDS = 61;
/** A timer may be late without anything being missing. */
const LATE_AT_MOST_S = 3;
const SVG = "http://www.w3.org/2000/svg";

/**
 * One figure, its unit, the line of the last minute, and why there is none if there is none.
 * @param {HTMLElement} element
 * @param {import("../lib/value-feed.js").ValueFeed} feed
 * @param {string} size
 */
export function mount(element, feed, size) {
  const label = h("h1", { class: "label", id: "label", text: feed.name });
  const value = h("span", { class: "value", text: "…" });
  const unit = h("span", { class: "unit" });
  const why = h("span");
  const way = h("a", { href: base.href, target: "_blank", rel: "noopener", text: "Open Pulseboard", hidden: "" });
  const note = h("p", { class: "note", role: "status" }, why, " ", way);
  const spark = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const ring = new Ring(SECONDS);
  let second = 0;

  setAttribute(spark, "class", "spark");
  setAttribute(spark, "role", "img");
  setAttribute(spark, "viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  setAttribute(spark, "preserveAspectRatio", "none");
  spark.append(path);
  element.dataset.size = size;
  element.setAttribute("aria-labelledby", "label");
  element.append(label, h("p", { class: "figure" }, value, " ", unit), spark, note);

  function render() {
    const { told, trouble } = feed;
    const known = feed.value !== undefined;
    const [figure = "", ...rest] = known ? (told?.text ?? "").split(" ") : ["n/a"];
    setText(label, told?.label ?? feed.name);
    setText(value, told || trouble !== "connecting" ? figure : "…");
    setText(unit, rest.join(" "));
    setText(why, inWords(trouble || told?.reason || ""));
    way.hidden = trouble !== SIGNED_OUT;
    element.classList.toggle("missing", !known);
    setAttribute(element, "title", why.textContent || undefined);
    document.title = `${told?.label ?? feed.name}: ${value.textContent} ${unit.textContent}`.trim();
    draw(told);
  }

  /** @param {import("../lib/value-feed.js").Told | undefined} told */
  function draw(told) {
    const { low, high } = ring.range();
    setAttribute(path, "d", line(ring, told?.unit === "percent" ? 100 : roof(high)));
    const round = (/** @type {number} */ number) => Math.round(number * 10) / 10;
    const range = Number.isNaN(high) ? "nothing known yet" : `from ${round(low)} to ${round(high)}`;
    setAttribute(spark, "aria-label", `The last minute: ${range}`);
  }

  return feed.listen(() => {
    const passed = Math.floor(now() / 1000) - second;
    second += passed;
    if (passed > LATE_AT_MOST_S) ring.push(Number.NaN, passed - 1); // Nobody looked meanwhile.
    if (passed > 0) ring.push(feed.value ?? Number.NaN, passed > LATE_AT_MOST_S ? 1 : passed);
    inFrame(render);
  });
}

/** @param {string} trouble */
function inWords(trouble) {
  return trouble === SIGNED_OUT ? "Only for those who are signed in." : trouble;
}
