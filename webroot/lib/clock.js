/**
 * Now, in Unix ms as it was when the page was opened: from then on it goes on evenly, whoever sets the computer's clock.
 * What has to be compared is told by this and never by Date.
 */
export function now() {
  return performance.timeOrigin + performance.now();
}

/** Far more than two clocks differ by themselves between two looks at them. */
const JUMP_MS = 2_000;

/**
 * Finds out that the computer has slept: most browsers do not count that time, so that what was heard before it would seem
 * fresh. A clock that was set forward looks the same.
 */
export class SleepDetector {
  #ahead = Date.now() - now();

  /** Whether that may have been since the last time this was asked. */
  hasSlept() {
    const ahead = Date.now() - now();
    const slept = ahead - this.#ahead > JUMP_MS;
    this.#ahead = ahead;
    return slept;
  }
}

/** What the server's clock shows, as far as it has been heard: the browser's may be an hour off. */
export class ServerClock {
  #ahead = Number.NEGATIVE_INFINITY;

  /** Unix ms. */
  get now() {
    return now() + (Number.isFinite(this.#ahead) ? this.#ahead : 0);
  }

  /** It shows this now. @param {number} at */
  shows(at) {
    this.#ahead = at - now();
  }

  /** It showed this some time ago. @param {number} at */
  showed(at) {
    this.#ahead = Math.max(this.#ahead, at - now());
  }
}
