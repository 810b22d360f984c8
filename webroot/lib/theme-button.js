import { h, setText } from "./dom.js";

/** @type {Record<string, string>} */
const SIGNS = { auto: "◐", light: "☀", dark: "☾" };

/** @returns {{ element: HTMLElement, remove: () => void }} */
export function createThemeButton() {
  const sign = h("span", { "aria-hidden": "true" });
  const element = h("button", { type: "button", class: "theme" }, sign);
  const show = () => {
    const theme = document.documentElement.dataset.theme ?? "auto";
    setText(sign, SIGNS[theme] ?? "");
    element.title = `Theme: ${theme}`;
    element.setAttribute("aria-label", `Theme: ${theme}. Change`);
  };
  element.addEventListener("click", () => dispatchEvent(new Event("pulseboard-theme-next")));
  addEventListener("pulseboard-theme", show);
  show();
  return { element, remove: () => removeEventListener("pulseboard-theme", show) };
}
