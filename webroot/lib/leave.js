import { change } from "./api.js";
import { setText } from "./dom.js";

/**
 * Signs out. Without the server that is not possible: scripts cannot take the cookie away.
 * @param {(why: string) => void} again
 * @param {HTMLElement} trouble
 */
export async function leave(again, trouble) {
  try {
    await change("DELETE", "api/session");
    again("You have signed out.");
  } catch (error) {
    setText(trouble, `Signing out did not work: ${error instanceof Error ? error.message : error}.`);
  }
}
