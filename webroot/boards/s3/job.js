import { createBar, share } from "../../lib/bar.js";
import { Ends } from "../../lib/card.js";
import { createChart } from "../../lib/chart.js";
import { h, setAttribute, setHidden, setText } from "../../lib/dom.js";
import { bytesPerSecond, moment, number } from "../../lib/format.js";
import { own } from "../../lib/merge-patch.js";
import { seriesName } from "../../lib/series-name.js";
import { createPathList } from "../../ui/path-list.js";
import { createReadings } from "../../ui/readings.js";
import { createButtons } from "./buttons.js";
import { createControls } from "./controls.js";
import { highest, limit, now, others, requestTimes, verified, workers } from "./figures.js";
import { createKinds } from "./kinds.js";
import { ended, underWay } from "./lists.js";
import { createQuestion } from "./question.js";
import { hasRun, phase, progress, remaining, speed } from "./words.js";

/**
 * @typedef {import("../../lib/live-feed.js").LiveFeed} LiveFeed
 * @typedef {import("./words.js").Job} Job
 */

/** @type {import("../../ui/readings.js").Reading<Job>[]} */
const FIGURES = [
  ["time left", remaining, "by how long files of their size took so far"],
  ["speed now", now, "handed to the network, a moving average over 5 s"],
  ["average", ({ rates }) => speed(rates?.averageBytesPerSecond), "all that was sent by all the time that it was not paused"],
  ["highest", highest, "of any 5 s"],
  ["verified", verified, "what arrived is what was read"],
  ["others", others, "files that were not sent, and objects that were deleted"],
  ["workers", workers, "requests under way; the number follows what it brings"],
  ["requests take", requestTimes, "half of each kind, and 99 of 100, with what they send and so with any limit"],
  ["limit", limit, "how fast it may send now"],
];

/** @param {LiveFeed} feed @param {string} name */
export function createJob(feed, name) {
  const ends = new Ends();
  const read = (/** @type {any} */ state) => /** @type {Job | undefined} */ (own(state.jobs, name));
  /** @param {(job: Job) => string} text @param {HTMLElement} element */
  const say = (text, element) => {
    ends.add(feed.watch((state) => {
      const job = read(state);
      return job ? text(job) : "";
    }, (now) => setText(element, now)));
    return element;
  };
  const id = `s3-${name}`;
  const state = say(phase, h("span", { class: "s3-phase" }));
  const buttons = createButtons(feed, name, read);
  const controls = createControls(feed, name, read);
  const question = createQuestion(feed, name, read);
  const kinds = createKinds(feed, read);
  const next = createNext(feed, read);
  const codes = say(({ errors = {} }) => inCodes(errors.byCode), h("p", { class: "quiet" }));
  const bar = createBar(feed, [
    { tone: "tone-user", read: (all) => part(read(all), "done") },
    { tone: "tone-cache", read: (all) => part(read(all), "inFlight") },
  ]);
  const meter = h("div", { role: "progressbar", "aria-labelledby": id, "aria-valuemin": "0", "aria-valuemax": "100" }, bar.element);
  const reason = say(({ run }) => run?.reason ?? "", h("p", { class: "card-note s3-reason" }));
  const chart = speedChart(feed, name, read);
  const figures = createReadings(feed, { kind: "s3", read, figures: FIGURES });
  const lists = [
    createPathList(feed, { title: "Under way", whole: "the run", read: (all) => read(all)?.active, text: underWay, share: ({ bytes: sent, size }) => share(sent, size) ?? 0 }),
    createPathList(feed, { title: "Errors", whole: "the run", read: (all) => read(all)?.errors?.recent, text: ({ message, code }) => `${message} [${code}]`, isNewestFirst: true }),
    createPathList(feed, { title: "Left out", whole: "the run", read: (all) => read(all)?.warnings?.recent, text: ({ message, code }) => `${message} [${code}]`, isNewestFirst: true }),
    createPathList(feed, { title: "Last files", whole: "the run", read: (all) => read(all)?.recent, text: ended, isNewestFirst: true }),
  ];
  ends.add(feed.watch((all) => read(all)?.run?.reason, (why) => setHidden(reason, why === undefined)));
  ends.add(feed.watch((all) => read(all)?.bytes?.percent, (value) => setAttribute(meter, "aria-valuenow", value === undefined ? undefined : String(value))));
  ends.add(feed.watch((all) => hasRun(read(all)), (has) => [meter, chart.element].forEach((part) => setHidden(part, !has))));
  ends.add(bar.remove, figures.remove, buttons.remove, controls.remove, question.remove, kinds.remove, next.remove, chart.remove, ...lists.map((list) => list.remove));
  const element = h("section", { class: "card s3-job", "aria-labelledby": id },
    h("div", { class: "card-head" }, h("h2", { id, text: name }), state, buttons.element),
    h("div", { class: "card-body" },
      say(({ source, target, endpoint }) => `${source} → ${target} at ${endpoint}`, h("p", { class: "quiet s3-where" })), next.element, reason, question.element,
      say(progress, h("p", { class: "s3-progress" })), meter, controls.element, figures.element, chart.element, codes, ...lists.map((list) => list.element), kinds.element));
  ends.add(feed.watch((all) => read(all)?.phase, (now) => setAttribute(element, "data-phase", now)));
  return { element, remove: ends.run };
}

/** Errors by their code, the most frequent first. @param {Record<string, number> | undefined} byCode */
function inCodes(byCode = {}) {
  const all = Object.entries(byCode).sort(([, one], [, other]) => other - one);
  return all.length < 2 ? "" : `Errors: ${all.map(([code, count]) => `${number(count)} ${code}`).join(", ")}`;
}

/** When it runs by itself. @param {LiveFeed} feed @param {(state: any) => Job | undefined} read */
function createNext(feed, read) {
  const element = h("p", { class: "quiet" });
  const end = feed.watch((state) => read(state)?.schedule, (schedule) => {
    setHidden(element, schedule === undefined);
    if (schedule) setText(element, `Runs ${schedule.text}, next at ${moment(schedule.nextAt)}.`);
  });
  return { element, remove: end };
}

/** Of what is planned; a run that had nothing to send is done. @param {Job | undefined} job @param {"done" | "inFlight"} key */
function part(job, key) {
  if (job?.phase === "done") return key === "done" ? 1 : 0;
  return share(job?.bytes?.[key] ?? 0, job?.bytes?.planned) ?? 0;
}

/** @param {LiveFeed} feed @param {string} name @param {(state: any) => Job | undefined} read */
function speedChart(feed, name, read) {
  const chart = createChart(feed, {
    label: `Speed of ${name}`, text: bytesPerSecond, axis: true, least: 1_000,
    series: [{ name: "sent", tone: "tone-user", read: (state) => read(state)?.rates?.bytesPerSecond, from: [seriesName("jobs", name, "rates", "bytesPerSecond")] }],
  });
  chart.element.classList.add("small");
  return chart;
}
