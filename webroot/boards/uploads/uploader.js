import { createBar, share } from "../../lib/bar.js";
import { Ends } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { bytes, bytesPerSecond, percent } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { seriesName } from "../../lib/series-name.js";
import { createPathList } from "../../ui/path-list.js";
import { createReadings } from "../../ui/readings.js";
import { createButtons } from "./buttons.js";
import { createLimit } from "./limit.js";
import { createQueue } from "./queue.js";
import { createTriggers, session, stage, throttle } from "./rules.js";
import { banner, isUnderWay, others, phase, progress, remaining, span, speed, waits, where } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Uploader} Uploader
 */

/** Of somebody else's rclone no more is known. */
const OF_ALL = ["speed now", "highest", "rclone"];

/** @type {import("../../ui/readings.js").Reading<Uploader>[]} */
const FIGURES = [
  ["speed now", ({ kind, phase: now, rates }) => kind === "attached" || isUnderWay(now) ? speed(rates?.bytesPerSecond) : "", "of files that arrived and what is under way of others, a moving average over 5 s"],
  ["average", ({ rates }) => speed(rates?.averageBytesPerSecond), "since the session began"],
  ["highest", ({ rates }) => speed(rates?.peakBytesPerSecond), "of any 5 s"],
  ["time left", remaining, "by how long files of their size took so far"],
  ["session", session, "since when it goes on, or how the last one went"],
  ["stage", stage, "files that one account uploads next"],
  ["throttle", throttle, "how fast it may go"],
  ["others", others, "files that were not sent"],
  ["still waiting", ({ queue }) => queue?.files === undefined ? "" : waits(queue.files, queue.bytes ?? 0), "what waits in the folder"],
  ["rclone", ({ rclone }) => rclone ? `${rclone.version}${rclone.pid ? `, process ${rclone.pid}` : ", somebody else's"}` : "", "which one moves the files"],
];

/** @param {LiveFeed} feed @param {string} name */
export function createUploader(feed, name) {
  const ends = new Ends();
  const read = (/** @type {any} */ state) => /** @type {Uploader | undefined} */ (own(state.uploaders, name));
  /** @param {(uploader: Uploader) => string} text @param {HTMLElement} element */
  const say = (text, element) => {
    ends.add(feed.watch((state) => {
      const uploader = read(state);
      return uploader ? text(uploader) : "";
    }, (now) => setText(element, now)));
    return element;
  };
  const id = `uploads-${name}`;
  const buttons = createButtons(feed, name, read);
  const bar = createBar(feed, [
    { tone: "tone-user", read: (all) => part(read(all), "done") },
    { tone: "tone-cache", read: (all) => part(read(all), "inFlight") },
  ]);
  const meter = h("div", { role: "progressbar", "aria-labelledby": id, "aria-valuemin": "0", "aria-valuemax": "100" }, bar.element);
  const chart = speedChart(feed, name, read);
  const figures = createReadings(feed, { kind: "uploads", read, figures: FIGURES.map(ofOwn) });
  const lists = [
    createPathList(feed, { title: "Under way", whole: "the session", read: (all) => read(all)?.active, text: underWay, share: ({ bytes: sent, size }) => share(sent, size) ?? 0 }),
    createPathList(feed, { title: "Errors", whole: "the session", read: (all) => read(all)?.errors?.recent, text: ({ message }) => message, isNewestFirst: true }),
    createPathList(feed, { title: "Last files", whole: "the session", read: (all) => read(all)?.recent, text: ({ result, bytes: size }) => `${result}, ${bytes(size)}`, isNewestFirst: true }),
  ];
  ends.add(feed.watch((all) => read(all)?.bytes?.percent, (value) => {
    setAttribute(meter, "aria-valuenow", value === undefined ? undefined : String(value));
    setHidden(meter, value === undefined);
  }));
  const queue = createQueue(feed, read);
  const limit = createLimit(feed, name, read);
  const triggers = createTriggers(feed, read);
  ends.add(feed.watch((all) => hasSpeed(read(all)), (has) => setHidden(chart.element, !has)));
  ends.add(queue.remove, figures.remove, limit.remove, triggers.remove, bar.remove, buttons.remove, chart.remove, ...lists.map((list) => list.remove));
  const element = h("section", { class: "card uploads-card", "aria-labelledby": id },
    h("div", { class: "card-head" }, h("h2", { id, text: name }), say(({ phase: now }) => phase(now), h("span", { class: "uploads-phase" })), buttons.element),
    h("div", { class: "card-body" },
      say(where, h("p", { class: "quiet uploads-where" })),
      say(banner, h("p", { class: "uploads-banner" })),
      say(progress, h("p", { class: "uploads-progress" })), meter, figures.element, limit.element, chart.element, ...lists.map((list) => list.element), ...queue.elements, triggers.element));
  ends.add(feed.watch((all) => read(all)?.phase, (now) => setAttribute(element, "data-phase", now)));
  return { element, remove: ends.run };
}

/** Of somebody else's rclone only what is known. @type {(figure: import("../../ui/readings.js").Reading<Uploader>) => import("../../ui/readings.js").Reading<Uploader>} */
function ofOwn([title, text, hint]) {
  return [title, (uploader) => uploader.kind === "attached" && !OF_ALL.includes(title) ? "" : text(uploader), hint];
}

/** Before the first session there is nothing to draw. @param {Uploader | undefined} uploader */
function hasSpeed({ rates, lastSession } = /** @type {Uploader} */ ({})) {
  return rates !== undefined || lastSession !== undefined;
}

/** @param {import("./words.js").Active} file */
function underWay({ bytes: sent, size, bytesPerSecond: rate, remoteEstimateSeconds: left }) {
  return `${bytes(sent)} of ${bytes(size)}${size ? `, ${percent((sent / size) * 100)}` : ""}, ${bytesPerSecond(rate)}${left === undefined ? "" : `, about ${span(left)} left`}`;
}

/** @param {Uploader | undefined} uploader @param {"done" | "inFlight"} key */
function part(uploader, key) {
  if (uploader?.phase === "done") return key === "done" ? 1 : 0;
  if (key === "inFlight" && !isUnderWay(uploader?.phase ?? "")) return 0;
  return share(uploader?.bytes?.[key] ?? 0, uploader?.bytes?.planned) ?? 0;
}

/** @param {LiveFeed} feed @param {string} name @param {(state: any) => Uploader | undefined} read */
function speedChart(feed, name, read) {
  const chart = createChart(feed, {
    label: `Speed of ${name}`, text: bytesPerSecond, axis: true, least: 1_000,
    series: [{ name: "sent", tone: "tone-user", read: (state) => read(state)?.rates?.bytesPerSecond, from: [seriesName("uploaders", name, "rates", "bytesPerSecond")] }],
  });
  chart.element.classList.add("small");
  return chart;
}
