/** Moments in the browser's own time zone, which is named wherever a span is shown. */

const DAY = 86_400_000;
const MONTH = 28 * DAY;

export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "local time";

/** @param {Intl.DateTimeFormatOptions} options */
const format = (options) => new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", ...options });

const clock = format({ hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const date = format({ day: "numeric", month: "short" });
const dateWithYear = format({ day: "numeric", month: "short", year: "numeric" });
const month = format({ month: "short", year: "numeric" });

/** For the marks of an axis that are so far apart; the first of a day, or of a year, says so. @param {number[]} moments @param {number} apart milliseconds */
export function marks(moments, apart) {
  if (apart >= MONTH) return moments.map((moment) => month.format(moment));
  if (apart >= DAY) return moments.map((moment) => date.format(moment));
  const fine = apart < 60_000 ? clockWithSeconds : clock;
  return moments.map((moment) => isMidnight(moment) ? date.format(moment) : fine.format(moment));
}

/** @param {number} moment */
function isMidnight(moment) {
  return clockWithSeconds.format(moment) === "00:00:00";
}

/** From one moment to another, with no more than is needed. @param {number} from @param {number} to @param {number} [today] */
export function interval(from, to, today = Date.now()) {
  if (to - from >= 2 * DAY) return `${dateWithYear.format(from)} – ${dateWithYear.format(to)}`;
  const fine = to - from < 600_000 ? clockWithSeconds : clock;
  const [first, last, now] = [from, to, today].map((moment) => dateWithYear.format(moment));
  if (first === last) return `${first === now ? "" : `${first}, `}${fine.format(from)} – ${fine.format(to)}`;
  const day = new Date(from).getFullYear() === new Date(today).getFullYear() ? date : dateWithYear;
  return `${day.format(from)}, ${fine.format(from)} – ${day.format(to)}, ${fine.format(to)}`;
}

/** A moment in as few words as will do, to the minute. @param {number} at @param {number} [today] */
export function briefly(at, today = Date.now()) {
  return dateWithYear.format(at) === dateWithYear.format(today) ? clock.format(at) : `${date.format(at)}, ${clock.format(at)}`;
}

/** A moment, or what one point of a line stands for. @param {number} from @param {number} length milliseconds @param {number} [today] */
export function instant(from, length, today = Date.now()) {
  if (length > 1_000) return interval(from, from + length, today);
  const day = dateWithYear.format(from);
  return `${day === dateWithYear.format(today) ? "" : `${day}, `}${clockWithSeconds.format(from)}`;
}
