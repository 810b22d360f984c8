const setting = document.querySelector('meta[name="pulseboard-base"]')?.getAttribute("content") ?? "./";

/** Where the server is, as an absolute address: the one setting of the page. Its last slash may be missing. */
export const base = new URL(setting.replace(/\/?$/, "/"), document.baseURI);

/** @param {string} path relative to the base */
export function address(path) {
  return new URL(path, base);
}

/** @param {string} path @returns {Promise<any>} */
async function getJson(path) {
  const response = await fetch(address(path), { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** @returns {Promise<import("./state.js").HostFacts>} */
export function hostFacts() {
  return getJson("api/host");
}

/** Resolves as soon as the server answers, and else rejects with why not. @param {number} within milliseconds */
export async function reach(within) {
  const asked = fetch(address("api/boards"), { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(within) });
  const response = await asked.catch(() => {
    throw new Error("the server cannot be reached");
  });
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
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
