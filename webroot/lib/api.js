import { SIGNED_OUT } from "./close-reasons.js";

const setting = document.querySelector('meta[name="pulseboard-base"]')?.getAttribute("content") ?? "./";

/** Where the server is, as an absolute address: the one setting of the page. Its last slash may be missing. */
export const base = new URL(setting.replace(/\/?$/, "/"), document.baseURI);

/** A page of another origin is shown what its server lets everybody see: browsers keep the server's cookie from it. */
export const isElsewhere = base.origin !== location.origin;

/** @param {string} path relative to the base */
export function address(path) {
  return new URL(path, base);
}

/** An answer that says no. */
export class Refusal extends Error {
  /** @param {Response} response @param {{ error?: string, message?: string, [key: string]: any }} body {} if it is no JSON */
  constructor({ status, headers }, body) {
    super(inWords(status, body));
    this.status = status;
    this.body = body;
    this.waitSeconds = Number(headers.get("retry-after") ?? 0) || 0;
  }
}

/** A proxy's own answers are not ours: ours have a word, and their text says how to mend it. @param {number} status @param {{ error?: string, message?: string }} body */
function inWords(status, { error, message }) {
  if (status === 401 && error === "login_required") return SIGNED_OUT;
  return (error && status < 500 && message) || `the server answers ${status}`;
}

/**
 * Asks the server. Rejects with a {@link Refusal}, or with why there was no answer.
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>} what it says, {} if it has no words
 */
export async function request(path, options) {
  const response = await fetch(address(path), { cache: "no-store", ...options }).catch(() => {
    throw new Error(isElsewhere
      ? `${base.origin} cannot be reached, or its setting web.allowedOrigins lacks ${location.origin}`
      : "the server cannot be reached");
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response, body ?? {});
  return body;
}

/** A password takes the server a second, and others may be before us. */
const CHANGED_WITHIN_MS = 20_000;

/** @param {"POST" | "DELETE"} method @param {string} path @param {object} [body] @returns {Promise<any>} */
export function change(method, path, body) {
  const signal = AbortSignal.timeout(CHANGED_WITHIN_MS);
  return request(path, { method, signal, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
}

/**
 * Resolves as soon as the server would take a connection, and else rejects with why not. Of a page's own server browsers
 * tell the origin only with methods other than GET and HEAD, and it is what proxies spoil.
 * @param {number} within milliseconds
 */
export async function reach(within) {
  await request("eventbus/info", { method: isElsewhere ? "GET" : "OPTIONS", signal: AbortSignal.timeout(within) });
}

/** What takes longer is an outage, not a round trip. */
const LONGEST_MS = 5_000;

/** Milliseconds from asking the server something cheap to its answer. */
export async function roundTrip() {
  const start = performance.now();
  const signal = AbortSignal.timeout(LONGEST_MS);
  const response = await fetch(address("api/health"), { method: "HEAD", cache: "no-store", signal });
  if (!response.ok && response.status >= 500 && response.status !== 503) throw new Error("no answer");
  return performance.now() - start;
}
