import { now, SleepDetector } from "./clock.js";
import { endOfFrame, RESTARTS, SIGNED_OUT } from "./close-reasons.js";
import { OPEN_WITHIN_MS, PING_EVERY_MS, SILENT_AT_MOST_MS, TICK_MS, Tries } from "./reconnect.js";
import { openAfter, openWebSocket, openXhr } from "./transport.js";
import { onWake } from "./wake.js";

/**
 * @typedef {import("./reconnect.js").Kind} Kind
 * @typedef {"connecting" | "open" | "waiting" | "signed out"} Phase
 * @typedef {{ admit: (within: number, failed: boolean) => Promise<void>, opened: () => void, doubted: () => void,
 *   frame: (frame: any) => void, closed: () => void, signedOut: () => void }} User admit: rejects with why the server would not take the next try
 */

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
    } else if (this.phase === "open") {
      if (time - Math.max(this.heardAt, this.#startedAt) > SILENT_AT_MOST_MS) this.#lost("the server fell silent");
      else if (time - this.#pingedAt > PING_EVERY_MS) this.#ping();
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

  /**
   * After a failure plain requests find out whether the server is there, and takes us: browsers open a WebSocket the later
   * the more of them have failed, Chromium by up to 5 s, and Firefox by up to a minute, and do not tell why it was refused.
   */
  #connect() {
    this.phase = "connecting";
    this.#startedAt = now();
    const attempt = ++this.#attempt;
    const clear = this.#user.admit(OPEN_WITHIN_MS, this.#tries.failed);
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
    const end = endOfFrame(frame);
    if (end) return this.#lost(end);
    this.heardAt = now();
    this.restartingAt = 0;
    this.#tries.heard();
    this.#user.frame(frame);
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#attempt++;
    this.#link?.close();
    this.phase = reason === SIGNED_OUT ? SIGNED_OUT : "waiting";
    this.reason = reason;
    if (reason === RESTARTS) this.restartingAt = now();
    this.retryAt = now() + this.#tries.lost(Math.random());
    this.#user.closed();
    if (reason === SIGNED_OUT) this.#user.signedOut();
  }

  #ping() {
    this.#pingedAt = now();
    this.send({ type: "ping" });
  }
}
