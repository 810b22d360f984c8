import { bytes } from "../../lib/format.js";

/** @param {import("./words.js").Active} what */
export function underWay({ bytes: sent, size, attempt, part, parts }) {
  const which = parts === undefined ? "" : `part ${part} of ${parts}, `;
  return `${which}${bytes(sent)} of ${bytes(size)}${attempt > 1 ? `, attempt ${attempt}` : ""}`;
}

/** What became of a file; those that took time say how much. @param {import("./words.js").Finished} file */
export function ended({ result, bytes: size, seconds }) {
  return result === "uploaded" ? `${result}, ${bytes(size)} in ${seconds}\u202fs` : result;
}
