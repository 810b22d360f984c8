import { reach } from "./api.js";
import { Tries } from "./reconnect.js";
import { openAfter, openWebSocket, openXhr } from "./transport.js";
import { onWake } from "./wake.js";

/**
 * @typedef {import("./reconnect.js").Kind} Kind
 * @typedef {"connecting" | "open" | "waiting"} Phase
 * @typedef {{ opened: () => void, frame: (frame: any) => void, closed: () => void }} User
 */

/** A proxy that swallows the upgrade answers nothing at all: then the next try must come soon. */
const OPEN_WITHIN_MS = 4_000;
/** The server says something at least each 5 s. */
const SILENT_AT_MOST_MS = 15_000;
const TOO_MANY = "there are too many viewers already; the setting web.maxViewers tells how many may be";
/** Part of the time that a server which is back waits for the page. */
const TICK_MS = 250;
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
  /** When the server said that it restarts, Unix ms; 0 as soon as it has said anything else. */
  restartingAt = 0;
  /** @type {import("./transport.js").Link | undefined} */
  #link;
  /** Grows with each try, so that a late event of an old one is recognised. */
  #attempt = 0;
  #startedAt = 0;
  #pingedAt = 0;
  #tries = new Tries();
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
    const timer = setInterval(() => this.#tick(Date.now()), TICK_MS);
    const sleep = onWake(() => this.#hurry());
    return () => {
      clearInterval(timer);
      sleep();
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

  /** After a failure a plain request finds out whether the server is there: browsers open a WebSocket the later the more
   * of them have failed, Chromium by up to 5 s, and Firefox by up to a minute. */
  #connect() {
    this.phase = "connecting";
    this.#startedAt = Date.now();
    const attempt = ++this.#attempt;
    const clear = this.#tries.failed ? reach(OPEN_WITHIN_MS) : Promise.resolve();
    this.#link = openAfter(clear, () => this.#open(attempt), (reason) => attempt === this.#attempt && this.#lost(reason));
  }

  /** @param {number} attempt */
  #open(attempt) {
    const kind = this.#tries.link();
    const isCurrent = () => attempt === this.#attempt;
    return (kind === "XHR" ? openXhr : openWebSocket)({
      open: () => isCurrent() && this.#opened(kind),
      message: (text) => isCurrent() && this.#heard(JSON.parse(text)),
      closed: (reason) => isCurrent() && this.#lost(reason),
      restarting: () => isCurrent() && this.#restarting(),
    });
  }

  /** @param {Kind} kind */
  #opened(kind) {
    this.phase = "open";
    this.#startedAt = Date.now();
    this.#tries.opened(kind);
    this.#ping(this.#startedAt);
    this.#user.opened();
  }

  /** Only a message proves that the way is clear: some proxies open a connection that leads nowhere. @param {any} frame */
  #heard(frame) {
    if (frame.type === "err" && frame.body === "restarting") return this.#restarting();
    if (frame.type === "err" && frame.body === "too_many_viewers") return this.#lost(TOO_MANY);
    this.heardAt = Date.now();
    this.restartingAt = 0;
    this.#tries.heard();
    this.#user.frame(frame);
  }

  #restarting() {
    this.restartingAt = Date.now();
    this.#lost("the server restarts");
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#attempt++;
    this.#link?.close();
    this.phase = "waiting";
    this.reason = reason;
    this.retryAt = Date.now() + this.#tries.lost(Math.random());
    this.#user.closed();
  }

  /** @param {number} now */
  #ping(now) {
    this.#pingedAt = now;
    this.send({ type: "ping" });
  }
}
