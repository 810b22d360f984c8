/** Runs only the newest of several jobs: an older one that still waits is dropped, one that runs is told to stop. */
export class Latest {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {AbortController | undefined} */
  #controller;

  /** Whether a job waits or runs. */
  get isBusy() {
    return this.#timer !== undefined || this.#controller !== undefined;
  }

  /** @param {number} after milliseconds, in which a newer one may come @param {(signal: AbortSignal) => Promise<void>} job */
  run(after, job) {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#start(job);
    }, after);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#controller?.abort();
    this.#controller = undefined;
  }

  /** @param {(signal: AbortSignal) => Promise<void>} job */
  async #start(job) {
    const controller = this.#controller = new AbortController();
    await job(controller.signal);
    if (this.#controller === controller) this.#controller = undefined;
  }
}
