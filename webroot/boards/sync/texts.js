import { address, Refusal, request } from "../../lib/api.js";
import { bytes } from "../../lib/format.js";

/** Longer texts are not compared and not edited on this page. */
const MOST_BYTES = 256 * 1024;

/**
 * @typedef {{ folder: string, path: string, contentId: string, size: number, kind: string }} Place a content and where it is or was
 * @typedef {{ text: string, why?: undefined } | { text?: undefined, why: string }} Text
 */

/**
 * The text of a file, from a machine that has it, or why there is none to be shown.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed @param {Place} place
 * @returns {Promise<Text>}
 */
export async function readText(feed, { folder, path, contentId, size, kind }) {
  if (kind !== "file") return { why: `${path} is no file` };
  if (size > MOST_BYTES) return { why: `${path} is too large for this page: ${bytes(size)}, of ${bytes(MOST_BYTES)} at most` };
  try {
    const response = await fetch(address(`api/boards/${feed.board}/content?${new URLSearchParams({ folder, path, contentId })}`), { cache: "no-store" });
    if (!response.ok) return { why: new Refusal(response, await response.json().catch(() => ({}))).message };
    return decode(path, await response.arrayBuffer());
  } catch {
    return { why: `${path} did not come: the server cannot be reached` };
  }
}

/**
 * The text that is at a path now, and of which version it is.
 * @param {import("../../lib/live-feed.js").LiveFeed} feed @param {string} folder @param {string} path
 * @returns {Promise<Text & { base?: import("./edit.js").Base }>}
 */
export async function readTextNow(feed, folder, path) {
  try {
    const { files } = await request(`api/boards/${feed.board}/files?${new URLSearchParams({ folder, prefix: path, limit: "1" })}`);
    const there = files.find((/** @type {Place} */ one) => one.path === path);
    return there ? { ...(await readText(feed, there)), base: there } : { why: `${path} is not there now` };
  } catch (error) {
    return { why: `${path} did not come: ${error instanceof Error ? error.message : error}` };
  }
}

/** @param {string} path @param {ArrayBuffer} content @returns {Text} */
function decode(path, content) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes("\0") ? { why: `${path} is no text` } : { text };
  } catch {
    return { why: `${path} is no text in UTF-8` };
  }
}
