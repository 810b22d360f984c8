import { address, request } from "./api.js";
import { now } from "./clock.js";
import { RESTARTS, SIGNED_OUT } from "./ends.js";
import { backOff, SILENT_AT_MOST_MS } from "./reconnect.js";

/**
 * What the server tells of a value; `value` is missing when there is none, and `reason` says why.
 * @typedef {{ version: number, name: string, label: string, unit: string, text: string, value?: number, at?: number, reason?: string }} Told
 */

/** The server sends something at least each 5 s; two seconds more forgive a slow network. */
const STALE_AFTER_MS = 7_000;
/** Whoever may not see it may be let in later. */
const REFUSED_FOR_MS = 30_000;
const WHY_WITHIN_MS = 5_000;

/** One value, live: a stream that is opened again whenever it ends, and why there is none meanwhile. */
export class ValueFeed {
  /** @type {Told | undefined} */
  told = undefined;
  /** Why nothing new comes, or "". */
  trouble = "connecting";
  #heardAt = now();
  #failures = 0;
  /** When to open it again; 0 while it is open. */
  #retryAt = 0;
  /** @type {EventSource | undefined} */
  #source;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.path = `api/v1/values/${name}`;
  }

  /** The number, or undefined while it is not known. */
  get value() {
    return this.trouble ? undefined : this.told?.value;
  }

  /** Calls back once a second and with whatever is new. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  start() {
    if (!this.#source) this.#open();
  }

  stop() {
    this.#source?.close();
    this.#source = undefined;
    this.#retryAt = 0;
    this.trouble ||= "paused";
  }

  /** Somebody else may be looking now. */
  again() {
    this.stop();
    this.#open();
  }

  /** @param {number} time by clock.js */
  tick(time) {
    if (this.#retryAt && time >= this.#retryAt) this.#open();
    else if (this.#source && time - this.#heardAt > SILENT_AT_MOST_MS) this.#lost("the server fell silent");
    else if (this.#source && time - this.#heardAt > STALE_AFTER_MS && !this.trouble) this.trouble = "nothing new comes";
    this.#tell();
  }

  #open() {
    this.#retryAt = 0;
    this.#heardAt = now();
    const source = this.#source = new EventSource(address(`${this.path}/stream`));
    const current = (/** @type {() => void} */ job) => () => source === this.#source && job();
    source.addEventListener("value", (event) => current(() => this.#heard(JSON.parse(event.data)))());
    source.addEventListener("restarting", current(() => this.#lost(RESTARTS)));
    source.addEventListener("signed_out", current(() => this.#lost(SIGNED_OUT)));
    source.addEventListener("error", current(() => void this.#ask()));
  }

  /** @param {Told} told */
  #heard(told) {
    this.told = told;
    this.trouble = "";
    this.#heardAt = now();
    this.#failures = 0;
    this.#tell();
  }

  /** Browsers do not tell a page why a stream was refused, so it asks for the value itself. */
  async #ask() {
    this.#lost("the connection broke");
    const retryAt = this.#retryAt;
    try {
      this.told ??= await request(this.path, { signal: AbortSignal.timeout(WHY_WITHIN_MS) });
    } catch (error) {
      if (retryAt !== this.#retryAt) return;
      this.trouble = error instanceof Error ? error.message : String(error);
      if (this.trouble === SIGNED_OUT) this.#retryAt = now() + REFUSED_FOR_MS;
    }
    this.#tell();
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#source?.close();
    this.#source = undefined;
    this.trouble = reason;
    this.#retryAt = now() + backOff(++this.#failures, Math.random()) * 2;
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
