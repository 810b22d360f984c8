import { address } from "./api.js";
import { h, setText } from "./dom.js";
import { curl, missing, target } from "./openapi.js";

/** More than anyone reads, and than a browser shows without a pause. */
const MOST_CHARACTERS = 200_000;

/** What a stream says in so long is enough to see what it is. */
const STREAM_MS = 10_000;

/**
 * Asks as the form says and shows what comes: the one who looks is who asks.
 * @param {import("./openapi.js").Operation} operation
 * @param {Map<string, string>} values @param {string | undefined} body
 * @param {HTMLElement} output is emptied first
 * @param {AbortSignal} signal ends it
 */
export async function ask(operation, values, body, output, signal) {
  output.replaceChildren();
  const lacking = missing(operation, values);
  if (lacking.length) {
    output.append(h("p", { class: "fault", text: `Fill in ${lacking.join(", ")} first.` }));
    return;
  }
  const url = address(target(operation, values).slice(1)).href;
  const status = h("p", { class: "api-status", role: "status", text: "…" });
  const answer = h("pre", { class: "api-answer", tabindex: "0", "aria-label": "The answer" });
  output.append(h("pre", { class: "api-curl", text: curl(operation.method, url, body) }), status, answer);
  const begun = performance.now();
  try {
    const response = await fetch(url, {
      method: operation.method,
      cache: "no-store",
      signal: operation.isStream ? AbortSignal.any([signal, AbortSignal.timeout(STREAM_MS)]) : signal,
      ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
    });
    const type = response.headers.get("content-type") ?? "";
    setText(status, `${response.status} ${type} · ${Math.round(performance.now() - begun)} ms`);
    status.classList.toggle("fault", !response.ok);
    await show(response, type, answer);
  } catch (error) {
    answer.append(signal.aborted ? "\n(ended)" : error instanceof DOMException ? `\n(ended after ${STREAM_MS / 1000} s)` : String(error));
  }
}

/** @param {Response} response @param {string} type @param {HTMLElement} answer */
async function show(response, type, answer) {
  if (type.startsWith("text/event-stream") && response.body) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done && fits(answer); part = await reader.read()) answer.append(part.value);
    return;
  }
  const text = await response.text();
  const shown = type.startsWith("application/json") ? pretty(text) : text;
  answer.textContent = shown.length > MOST_CHARACTERS
    ? `${shown.slice(0, MOST_CHARACTERS)}\n… ${shown.length - MOST_CHARACTERS} characters more`
    : shown;
}

/** @param {HTMLElement} answer */
function fits(answer) {
  return (answer.textContent ?? "").length < MOST_CHARACTERS;
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
