/**
 * What the address brings along, behind "#": a token, when a display on a wall is opened; how signing in elsewhere ended.
 * @typedef {{ token?: string, trouble?: string }} Arrival
 */

/** @type {Record<string, string>} */
const LOGIN = {
  denied: "You were recognised, but you may not use this Pulseboard.",
  expired: "Signing in took too long. Try again.",
};
const FAILED = "Signing in did not work. Try again; the server's log says more.";

/** @param {string} hash @returns {Arrival | undefined} undefined if it is about a place on the page, or empty */
export function arrival(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const [token, login] = [parts.get("token"), parts.get("login")];
  if (token) return { token };
  return login === null ? undefined : { trouble: Object.hasOwn(LOGIN, login) ? LOGIN[login] : FAILED };
}

/** Takes it out of the address at once, so that it is neither seen, nor kept as a bookmark, nor sent on. @returns {Arrival | undefined} */
export function takeArrival() {
  const found = arrival(location.hash);
  if (found) history.replaceState(null, "", location.pathname + location.search);
  return found;
}
