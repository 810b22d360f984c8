import { backOff, transportFor } from "./reconnect.js";
import { openWebSocket, openXhr } from "./transport.js";

/**
 * @typedef {import("./reconnect.js").Kind} Kind
 * @typedef {"connecting" | "open" | "waiting"} Phase
 * @typedef {{ opened: () => void, frame: (frame: any) => void, closed: () => void }} User
 */

/** A proxy that swallows the upgrade answers nothing at all: then the next try must come soon. */
const OPEN_WITHIN_MS = 4_000;
/** The server says something at least each 5 s. */
const SILENT_AT_MOST_MS = 15_000;
/** The server drops whoever has not pinged for 150 s; hidden tabs have timers once a minute only. */
const PING_EVERY_MS = 25_000;

/** A connection that notices when it is dead, and comes back by itself. */
export class Connection {
  /** @type {Phase} */
  phase = "connecting";
  /** Why the last connection ended. */
  reason = "";
  /** When the next try is due, Unix ms; counts only while waiting. */
  retryAt = 0;
  /** When something was last heard, Unix ms; 0 while nothing ever was. */
  heardAt = 0;
  /** @type {import("./transport.js").Link | undefined} */
  #link;
  /** Grows with each try, so that a late event of an old one is recognised. */
  #attempt = 0;
  #startedAt = 0;
  #pingedAt = 0;
  #failures = 0;
  /** @type {Kind | undefined} */
  #proven;
  #user;

  /** @param {User} user */
  constructor(user) {
    this.#user = user;
  }

  get transport() {
    return this.#link?.name() ?? "";
  }

  /** Connects and stays connected. @returns {() => void} stops */
  start() {
    this.#connect();
    const timer = setInterval(() => this.#tick(Date.now()), 500);
    const hurry = () => document.visibilityState === "visible" && this.#hurry();
    addEventListener("online", hurry);
    document.addEventListener("visibilitychange", hurry);
    return () => {
      clearInterval(timer);
      removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
      this.#attempt++;
      this.#link?.close();
    };
  }

  /** @param {object} frame */
  send(frame) {
    if (this.phase === "open") this.#link?.send(JSON.stringify(frame));
  }

  /** @param {number} now Unix ms */
  #tick(now) {
    if (this.phase === "waiting") {
      if (now >= this.retryAt) this.#connect();
    } else if (this.phase === "connecting") {
      if (now - this.#startedAt > OPEN_WITHIN_MS) this.#lost("the server did not answer");
    } else if (now - Math.max(this.heardAt, this.#startedAt) > SILENT_AT_MOST_MS) {
      this.#lost("the server fell silent");
    } else if (now - this.#pingedAt > PING_EVERY_MS) {
      this.#ping(now);
    }
  }

  /** Somebody looks again, or the network is back: do not sit out the waiting time. */
  #hurry() {
    this.#tick(Date.now());
    if (this.phase === "waiting") this.#connect();
  }

  #connect() {
    this.phase = "connecting";
    this.#startedAt = Date.now();
    const kind = transportFor(this.#failures, this.#proven);
    const hears = this.#hears(++this.#attempt, kind);
    try {
      this.#link = kind === "XHR" ? openXhr(hears) : openWebSocket(hears);
    } catch {
      this.#lost("this browser refuses the connection");
    }
  }

  /** @param {number} attempt @param {Kind} kind @returns {import("./transport.js").Hears} */
  #hears(attempt, kind) {
    const isCurrent = () => attempt === this.#attempt;
    return {
      open: () => isCurrent() && this.#opened(kind),
      message: (text) => isCurrent() && this.#heard(JSON.parse(text)),
      closed: (reason) => isCurrent() && this.#lost(reason),
    };
  }

  /** @param {Kind} kind */
  #opened(kind) {
    this.phase = "open";
    this.#startedAt = Date.now();
    this.#proven = kind;
    this.#ping(this.#startedAt);
    this.#user.opened();
  }

  /** Only a message proves that the way is clear: some proxies open a connection that leads nowhere. @param {any} frame */
  #heard(frame) {
    this.heardAt = Date.now();
    this.#failures = 0;
    this.#user.frame(frame);
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#attempt++;
    this.#failures++;
    this.#link?.close();
    this.phase = "waiting";
    this.reason = reason;
    this.retryAt = Date.now() + backOff(this.#failures, Math.random());
    this.#user.closed();
  }

  /** @param {number} now */
  #ping(now) {
    this.#pingedAt = now;
    this.send({ type: "ping" });
  }
}
