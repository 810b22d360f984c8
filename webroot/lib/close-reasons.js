/** Why a connection has ended, where the server says so: in its last frame, or in the code that it closes with. */
export const RESTARTS = "the server restarts";
export const SIGNED_OUT = "signed out";
const TOO_MANY = "there are too many viewers already; the setting web.maxViewers tells how many may be";

/** @type {Record<string, string>} */
const BY_WORD = { restarting: RESTARTS, signed_out: SIGNED_OUT, too_many_viewers: TOO_MANY };
/** Proxies use the code of a restart, too. @type {Record<number, string>} */
const BY_CODE = { 1000: "the server closed the connection", 1012: RESTARTS, 1013: TOO_MANY, 4401: SIGNED_OUT };

/** @param {{ type?: string, body?: unknown }} frame @returns {string | undefined} undefined for one that ends nothing */
export function endOfFrame({ type, body }) {
  return type === "err" && typeof body === "string" && Object.hasOwn(BY_WORD, body) ? BY_WORD[body] : undefined;
}

/** @param {number} code of a WebSocket */
export function endOfCode(code) {
  return BY_CODE[code] ?? "the connection broke";
}
