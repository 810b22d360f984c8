/**
 * @typedef {{ pid: number, name: string, user: string, program?: string, of?: string, cpuPercent?: number, residentBytes?: number }} Suspect
 * @typedef {{ at: number, cpu: Suspect[], memory: Suspect[] }} Minute at: when it ended
 */

const MINUTE = 60_000;
/** The server answers no more at once. */
const MOST_MINUTES = 240;
/** Whoever looks at one minute looks at its neighbours next. */
const AT_ONCE = 60 * MINUTE;
const KEPT_ANSWERS = 24;
const FEW = 3;
/** Minutes that have just ended come to be known while somebody looks. */
const HALF_KNOWN_MS = 30_000;

/** The processes that used most at some time in the past. What has been asked for is kept for a while. */
export class Suspects {
  /** @type {Map<string, { minutes: Minute[], until: number }>} */
  #answers = new Map();
  #ask;

  /** @param {(from: number, to: number, signal: AbortSignal) => Promise<Minute[]>} ask for the minutes that ended from one moment to another */
  constructor(ask) {
    this.#ask = ask;
  }

  /**
   * @param {number} from Unix ms @param {number} to @param {number} now by the server's clock @param {AbortSignal} signal
   * @returns {Promise<Minute[] | undefined>} undefined where that is longer than can be asked for
   */
  async between(from, to, now, signal) {
    const [first, last] = [Math.floor(from / MINUTE) * MINUTE, Math.ceil(to / MINUTE) * MINUTE];
    if (last - first > MOST_MINUTES * MINUTE) return undefined;
    const begin = last - first > AT_ONCE ? first : Math.floor(first / AT_ONCE) * AT_ONCE;
    const end = Math.max(last, begin + AT_ONCE);
    const key = `${begin} ${end}`;
    const known = this.#answers.get(key);
    if (known && known.until > now) return within(known.minutes, first, last);
    const minutes = await this.#ask(begin + 1, end, signal);
    this.#keep(key, { minutes, until: end < now ? Number.POSITIVE_INFINITY : now + HALF_KNOWN_MS });
    return within(minutes, first, last);
  }


  /** @param {string} key @param {{ minutes: Minute[], until: number }} answer */
  #keep(key, answer) {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT_ANSWERS && oldest !== undefined) this.#answers.delete(oldest);
  }
}

/** @param {Minute[]} minutes @param {number} from @param {number} to */
function within(minutes, from, to) {
  return minutes.filter(({ at }) => at > from && at <= to);
}

/**
 * The first few, each with its worst minute.
 * @param {Minute[]} minutes
 * @param {"cpu" | "memory"} list
 * @returns {Suspect[]}
 */
export function worst(minutes, list) {
  const use = (/** @type {Suspect | undefined} */ one) => (list === "cpu" ? one?.cpuPercent : one?.residentBytes) ?? -1;
  /** @type {Map<string, Suspect>} */
  const found = new Map();
  for (const one of minutes.flatMap((minute) => minute[list] ?? [])) {
    const key = `${one.pid} ${one.name}`;
    if (use(one) > use(found.get(key))) found.set(key, one);
  }
  return [...found.values()].sort((a, b) => use(b) - use(a)).slice(0, FEW);
}

/** What tells it apart from others of its name: container or service, else what it runs. @param {Suspect} one of: its container, or unit */
export function calledBy({ name, program, of }) {
  const more = of === undefined || of.endsWith(".scope") ? program : of.replace(/\.service$/, "");
  return more && more !== name ? `${name} (${more})` : name;
}

/** Less than this, of one core, is worth no word. */
const WORTH_TELLING_PERCENT = 10;

/**
 * How much of the CPU those minutes do not name: their lists hold the few that used most, and a process that ended before it was
 * looked at is in none.
 * @param {Minute[]} minutes
 * @param {number | undefined} busyPercent of the whole machine, on average over these minutes
 * @param {number} cores
 * @returns {number} percent of one core, 0 where there is not enough to speak of
 */
export function unnamed(minutes, busyPercent, cores) {
  if (busyPercent === undefined || minutes.length === 0) return 0;
  const named = minutes.flatMap(({ cpu = [] }) => cpu).reduce((sum, { cpuPercent = 0 }) => sum + cpuPercent, 0) / minutes.length;
  const rest = busyPercent * cores - named;
  return rest < Math.max(WORTH_TELLING_PERCENT, busyPercent * cores / 10) ? 0 : rest;
}

/** From when to when these minutes are, Unix ms. @param {Minute[]} minutes @returns {[number, number]} */
export function around(minutes) {
  const ends = minutes.map(({ at }) => at);
  return [Math.min(...ends) - MINUTE, Math.max(...ends)];
}
