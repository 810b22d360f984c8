import { ServerClock } from "./clock.js";
import { Connection } from "./connection.js";

/**
 * @typedef {{ opened: () => void, doubted: () => void, message: (body: any) => void }} Member
 * @typedef {{ resolve: (body: any) => void, reject: (error: Error) => void }} Asker
 */

const ANSWER_WITHIN_MS = 5_000;

/** The server's event bus: who wants to hear what, and who waits for which answer. */
export class Bus {
  /** Those at one address share one registration. @type {Map<string, Set<Member>>} */
  #members = new Map();
  /** @type {Map<string, Asker>} */
  #askers = new Map();
  #asked = 0;
  #opens = 0;
  /** All boards have their times from one server. */
  clock = new ServerClock();

  /**
   * @param {import("./session.js").Session} session
   * @param {() => void} signedOut
   */
  constructor(session, signedOut) {
    this.session = session;
    this.connection = new Connection({
      admit: (within, failed) => session.admit(within, failed),
      opened: () => this.#opened(),
      doubted: () => this.#members.forEach((members) => members.forEach((member) => member.doubted())),
      frame: (frame) => this.#frame(frame),
      closed: () => this.#closed(),
      signedOut,
    });
  }

  /**
   * Hears everything published on the address, also after a reconnect; `opened` is called whenever the registration
   * is new, since what was published before it is missing.
   * @param {string} address
   * @param {Member} member
   * @returns {() => void} leaves
   */
  join(address, member) {
    const others = this.#members.get(address);
    const members = others ?? new Set();
    this.#members.set(address, members.add(member));
    if (this.connection.phase === "open" && others) member.opened();
    else if (this.connection.phase === "open") this.#enter(address, members);
    return () => {
      if (!members.delete(member) || members.size > 0) return;
      this.#members.delete(address);
      this.connection.send({ type: "unregister", address });
    };
  }

  /** @param {string} address @returns {Promise<any>} the body of the reply */
  request(address) {
    if (this.connection.phase !== "open") return Promise.reject(new Error("not connected"));
    const replyAddress = `reply-${++this.#asked}-${Math.random().toString(36).slice(2, 14)}`;
    return new Promise((resolve, reject) => {
      this.#askers.set(replyAddress, { resolve, reject });
      setTimeout(() => this.#take(replyAddress)?.reject(new Error("no answer")), ANSWER_WITHIN_MS);
      this.connection.send({ type: "send", address, replyAddress, body: {} });
    });
  }

  /** After a restart somebody may be allowed more, or less. */
  #opened() {
    if (this.#opens++ > 0) this.session.check(ANSWER_WITHIN_MS).catch(() => {});
    for (const [address, members] of this.#members) this.#enter(address, members);
  }

  #closed() {
    const askers = [...this.#askers.values()];
    this.#askers.clear();
    for (const asker of askers) asker.reject(new Error("the connection was lost"));
  }

  /** @param {string} address @param {Set<Member>} members */
  #enter(address, members) {
    this.connection.send({ type: "register", address });
    for (const member of members) member.opened();
  }

  /** @param {any} frame */
  #frame(frame) {
    const asker = this.#take(frame.address);
    if (frame.type === "err") asker?.reject(new Error(frame.message ?? frame.failureType ?? frame.body ?? "refused"));
    else if (asker) asker.resolve(frame.body);
    else this.#members.get(frame.address)?.forEach((member) => member.message(frame.body));
  }

  /** @param {string} replyAddress @returns {Asker | undefined} whoever waits for that answer, once */
  #take(replyAddress) {
    const asker = this.#askers.get(replyAddress);
    this.#askers.delete(replyAddress);
    return asker;
  }
}
