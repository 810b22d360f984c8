import { request } from "./api.js";
import { now } from "./clock.js";
import { SIGNED_OUT } from "./close-reasons.js";
import { SILENT_AT_MOST_MS, STALE_AFTER_MS, Tries } from "./reconnect.js";
import { openAfter, openEvents, openWebSocket } from "./transport.js";

/**
 * What the server tells of a value; `value` is missing when there is none, and `reason` says why.
 * @typedef {{ version: number, name: string, label: string, unit: string, text: string, value?: number, at?: number, reason?: string }} Told
 */

/** Whoever may not see it may be let in later. */
const REFUSED_FOR_MS = 30_000;
const WHY_WITHIN_MS = 5_000;

/** One value, live: a connection that is opened again whenever it ends, and why there is none meanwhile. */
export class ValueFeed {
  /** @type {Told | undefined} */
  told = undefined;
  /** Why nothing new comes, or "". */
  trouble = "connecting";
  #heardAt = now();
  #tries = new Tries();
  /** When to open it again; 0 while it is open. */
  #retryAt = 0;
  /** Grows with each try, so that a late event of an old one is recognised. */
  #attempt = 0;
  /** @type {import("./transport.js").Link | undefined} */
  #link;
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
    if (!this.#link) this.#open();
  }

  stop() {
    this.#close();
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
    const silence = time - this.#heardAt;
    if (this.#retryAt && time >= this.#retryAt) this.#open();
    else if (this.#link && silence > SILENT_AT_MOST_MS) this.#lost("the server fell silent");
    else if (this.#link && silence > STALE_AFTER_MS) this.trouble ||= "nothing new comes";
    this.#tell();
  }

  #open() {
    this.#retryAt = 0;
    this.#heardAt = now();
    const attempt = ++this.#attempt;
    const isCurrent = () => attempt === this.#attempt;
    const kind = this.#tries.link();
    const hears = {
      open: () => this.#tries.opened(kind),
      message: (/** @type {string} */ text) => isCurrent() && this.#heard(JSON.parse(text)),
      closed: (/** @type {string} */ reason) => isCurrent() && void this.#ask(reason),
    };
    const path = `${this.path}/stream`;
    const open = () => (kind === "XHR" ? openEvents(hears, path, "value") : openWebSocket(hears, path));
    this.#link = openAfter(Promise.resolve(), open, hears.closed);
  }

  #close() {
    this.#attempt++;
    this.#link?.close();
    this.#link = undefined;
  }

  /** @param {Told} told */
  #heard(told) {
    this.told = told;
    this.trouble = "";
    this.#heardAt = now();
    this.#tries.heard();
    this.#tell();
  }

  /** Browsers do not tell a page why a connection was refused, so it asks for the value itself. @param {string} reason */
  async #ask(reason) {
    this.#lost(reason);
    const attempt = this.#attempt;
    try {
      this.told = await request(this.path, { signal: AbortSignal.timeout(WHY_WITHIN_MS) });
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.trouble = error instanceof Error ? error.message : String(error);
      if (this.trouble === SIGNED_OUT) this.#retryAt = now() + REFUSED_FOR_MS;
    }
    this.#tell();
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#close();
    this.trouble = reason;
    this.#retryAt = now() + this.#tries.lost(Math.random());
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
