import { change, isElsewhere } from "../../lib/api.js";
import { own } from "../../lib/merge-patch.js";
import { mayAct, mayRead } from "../../lib/scopes.js";

/** What the board can be told and asked by whoever looks. What it cannot do, or they may not, is not on the page. */
export class Acts {
  #feed;
  #directory;

  /** @param {import("../../lib/live-feed.js").LiveFeed} feed @param {import("../../lib/directory.js").Directory} directory */
  constructor(feed, directory) {
    this.#feed = feed;
    this.#directory = directory;
  }

  /** The board as the directory has it. @returns {any} */
  get #info() {
    return this.#directory.of(this.#feed.board);
  }

  /** Whether it can be told to do this, and by whoever looks. @param {string} action */
  may(action) {
    const info = own(this.#info?.actions, action);
    const scopes = this.#feed.bus.session.who?.scopes ?? [];
    if (info === undefined || isElsewhere) return false;
    if (info.role === "viewer") return mayRead(scopes, this.#feed.board);
    return mayAct(scopes, this.#feed.board) && (info.role !== "admin" || scopes.includes("admin"));
  }

  /** Whether there is this to be read, by whoever looks. @param {string} path */
  has(path) {
    const found = this.#info?.resources?.find((/** @type {any} */ one) => one.method === "GET" && one.path === path);
    return found !== undefined && (found.role !== "admin" || (this.#feed.bus.session.who?.scopes ?? []).includes("admin"));
  }

  /** The address of what is read. @param {string} path @param {Record<string, string>} [query] what is empty is left out */
  pathOf(path, query = {}) {
    const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
    return `api/boards/${this.#feed.board}/${path}${asked.size > 0 ? `?${asked}` : ""}`;
  }

  /** @param {string} action @param {object} body @returns {Promise<any>} rejects with why not */
  act(action, body) {
    return change("POST", `api/boards/${this.#feed.board}/actions/${action}`, body);
  }

  /** Calls back now and whenever whoever looks may do something else. @param {() => void} listener */
  listen(listener) {
    let last = "";
    const look = () => {
      const now = JSON.stringify([this.#info?.actions, this.#info?.resources, this.#feed.bus.session.who?.scopes]);
      if (now === last) return;
      last = now;
      listener();
    };
    const ends = [this.#directory.listen(look), this.#feed.bus.session.listen(look)];
    look();
    return () => {
      for (const end of ends) end();
    };
  }
}
