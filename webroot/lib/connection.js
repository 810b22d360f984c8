import { reach } from "./api.js";
import { now, SleepDetector } from "./clock.js";
import { OPEN_WITHIN_MS, PING_EVERY_MS, SILENT_AT_MOST_MS, TICK_MS, Tries } from "./reconnect.js";
import { openAfter, openWebSocket, openXhr } from "./transport.js";
import { onWake } from "./wake.js";

/**
 * @typedef {import("./reconnect.js").Kind} Kind
 * @typedef {"connecting" | "open" | "waiting"} Phase
 * @typedef {{ opened: () => void, doubted: () => void, frame: (frame: any) => void, closed: () => void }} User
 */

const TOO_MANY = "there are too many viewers already; the setting web.maxViewers tells how many may be";

/** A connection that notices when it is dead, and comes back by itself. */
export class Connection {
  /** @type {Phase} */
  phase = "connecting";
  /** Why the last connection ended. */
  reason = "";
  /** When the next try is due; counts only while waiting. */
  retryAt = 0;
  /** When something was last heard, by clock.js; 0 while nothing ever was. */
  heardAt = 0;
  /** When the server said that it restarts, by clock.js; 0 as soon as it has said anything else. */
  restartingAt = 0;
  /** @type {import("./transport.js").Link | undefined} */
  #link;
  /** Grows with each try, so that a late event of an old one is recognised. */
  #attempt = 0;
  #startedAt = 0;
  #pingedAt = 0;
  #tries = new Tries();
  #sleep = new SleepDetector();
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
    const timer = setInterval(() => this.#tick(), TICK_MS);
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

  #tick() {
    const time = now();
    if (this.#sleep.hasSlept() && this.phase === "open") this.#doubt();
    if (this.phase === "waiting") {
      if (time >= this.retryAt) this.#connect();
    } else if (this.phase === "connecting") {
      if (time - this.#startedAt > OPEN_WITHIN_MS) this.#lost("the server did not answer");
    } else if (time - Math.max(this.heardAt, this.#startedAt) > SILENT_AT_MOST_MS) {
      this.#lost("the server fell silent");
    } else if (time - this.#pingedAt > PING_EVERY_MS) {
      this.#ping();
    }
  }

  /** The connection may be long dead: it has to prove that it is not, soon. */
  #doubt() {
    this.heardAt = this.#startedAt = Math.min(this.heardAt, now() - SILENT_AT_MOST_MS + OPEN_WITHIN_MS);
    this.#ping();
    this.#user.doubted();
  }

  /** Somebody looks again, or the network is back: do not sit out the waiting time. */
  #hurry() {
    this.#tick();
    if (this.phase === "waiting") this.#connect();
  }

  /** After a failure a plain request finds out whether the server is there: browsers open a WebSocket the later the more
   * of them have failed, Chromium by up to 5 s, and Firefox by up to a minute. */
  #connect() {
    this.phase = "connecting";
    this.#startedAt = now();
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
    this.#startedAt = now();
    this.#tries.opened(kind);
    this.#ping();
    this.#user.opened();
  }

  /** Only a message proves that the way is clear: some proxies open a connection that leads nowhere. @param {any} frame */
  #heard(frame) {
    if (frame.type === "err" && frame.body === "restarting") return this.#restarting();
    if (frame.type === "err" && frame.body === "too_many_viewers") return this.#lost(TOO_MANY);
    this.heardAt = now();
    this.restartingAt = 0;
    this.#tries.heard();
    this.#user.frame(frame);
  }

  #restarting() {
    this.restartingAt = now();
    this.#lost("the server restarts");
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#attempt++;
    this.#link?.close();
    this.phase = "waiting";
    this.reason = reason;
    this.retryAt = now() + this.#tries.lost(Math.random());
    this.#user.closed();
  }

  #ping() {
    this.#pingedAt = now();
    this.send({ type: "ping" });
  }
}
