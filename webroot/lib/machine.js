import { request } from "./api.js";

/**
 * What the list of machines says of one.
 * @typedef {{ name?: string, group?: string, state?: string, page?: string }} Machine
 */

/** It is asked for once for all parts of a page. */
const KEPT_MS = 2_000;

/** @type {Map<string, Promise<Machine | undefined>>} */
const asked = new Map();

/** What people call a machine here, and where its own page is; undefined where that is not known. @param {string} source @returns {Promise<Machine | undefined>} */
export function machineRow(source) {
  const known = asked.get(source);
  if (known) return known;
  const answer = request(`api/hosts?${new URLSearchParams({ id: source })}`).then(({ hosts = [] }) => hosts[0], () => undefined);
  asked.set(source, answer);
  setTimeout(() => asked.delete(source), KEPT_MS);
  return answer;
}

/** An address that can be followed: what a machine says of itself may be anything. @param {unknown} page */
export function isPage(page) {
  return typeof page === "string" && /^https?:\/\/[^\s/@]+\//.test(page.endsWith("/") ? page : `${page}/`);
}
