import { isElsewhere, reach, Refusal, request } from "./api.js";
import { SIGNED_OUT } from "./close-reasons.js";
import { mayRead } from "./scopes.js";

/**
 * @typedef {{ name: string, scopes: string[], canSignOut: boolean, isOpen: boolean, replaces?: string }} Who isOpen: nobody is asked who they are;
 *   replaces: who else is signed in while a token is shown
 * @typedef {{ password?: boolean, oidc?: { name: string, start: string } }} Ways ways to sign in
 */

/** Any page can link here with a token of its own. @param {Who} offered */
const replaces = (offered) =>
  `This link signs this browser in as "${offered.name}", instead of as "${offered.replaces}". Do that?`;

/** Who looks at this page, as far as the server has told. */
export class Session {
  /** @type {Who | undefined} */
  who;
  /** @type {Ways} */
  ways = {};
  /** Why a token or a sign-in elsewhere was of no use, or "". */
  trouble = "";
  /** @type {string | undefined} A token that has not been exchanged for a cookie yet. */
  #token;
  /** Whether somebody has said that the token may take the place of their session. */
  #agreed = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** Calls back now if it is known who looks, and whenever that has been asked again. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    if (this.who) listener();
    return () => void this.#listeners.delete(listener);
  }

  /** @param {import("./address-token.js").Arrival} arrival */
  arrive({ token, trouble }) {
    this.#token = isElsewhere ? undefined : token;
    this.#agreed = false;
    this.who = undefined;
    this.trouble = trouble ?? "";
  }

  /** Whether this board may be seen; yes, as long as nobody knows. @param {string} board */
  mayRead(board) {
    return this.who === undefined || mayRead(this.who.scopes, board);
  }

  /** Resolves when the server would take a connection from whoever looks. @param {number} within milliseconds @param {boolean} failed one has failed */
  async admit(within, failed) {
    if (failed) await reach(within);
    if (this.who === undefined) await this.check(within);
  }

  /** Rejects with {@link SIGNED_OUT} or another reason. @param {number} within milliseconds */
  async check(within) {
    try {
      this.who = await this.#ask(AbortSignal.timeout(within));
    } catch (error) {
      if (error instanceof Refusal && error.message === SIGNED_OUT) {
        this.who = undefined;
        this.ways = /** @type {any} */ (error.body);
      }
      throw error;
    }
    for (const listener of this.#listeners) listener();
  }

  /** A token is kept until the server has seen it: a display may be up before its server. @param {AbortSignal} signal @returns {Promise<Who>} */
  async #ask(signal) {
    const token = this.#token;
    if (token === undefined) return request("api/session", { signal });
    const headers = { authorization: `Bearer ${token}` };
    try {
      const offered = await request("api/session", { headers, signal });
      if (offered.replaces !== undefined && !this.#agreed) {
        this.#agreed = confirm(replaces(offered));
        if (!this.#agreed) {
          this.#token = undefined;
          return request("api/session", { signal });
        }
      }
      const who = await request("api/session", { method: "POST", headers, signal });
      this.#token = undefined;
      return who;
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      this.#token = undefined;
      this.trouble = "The token in the address of this page is wrong, has expired or was revoked.";
      return request("api/session", { signal });
    }
  }
}
