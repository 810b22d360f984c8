/** Those of the theme of the moment: to ask for one has the whole page's style and layout brought up to date. @type {Map<string, string>} */
const colors = new Map();
globalThis.addEventListener?.("pulseboard-theme", () => colors.clear());

/** @param {string} token @returns {string} as the theme of the moment has it */
export function color(token) {
  const known = colors.get(token);
  if (known !== undefined) return known;
  const found = getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
  colors.set(token, found);
  return found;
}
