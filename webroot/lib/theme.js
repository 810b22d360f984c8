// Light, dark, or as the system says. A classic script, because a module would run after the first paint.
(() => {
  const KEY = "pulseboard.theme";
  const ORDER = ["auto", "light", "dark"];
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  /** For displays, and for frames in other pages: `?theme=dark`. */
  const asked = new URLSearchParams(location.search).get("theme") ?? "";

  /** A private window may refuse storage: then the choice lives as long as the page. */
  const remembered = () => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto";
    }
  };

  /** @param {string} theme */
  const remember = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Not kept: see above.
    }
  };

  /** @param {string} theme */
  const apply = (theme) => {
    root.dataset.theme = ORDER.includes(theme) ? theme : "auto";
    const system = dark.matches ? "dark" : "light";
    root.dataset.scheme = root.dataset.theme === "auto" ? system : root.dataset.theme;
    dispatchEvent(new Event("pulseboard-theme"));
  };

  apply(ORDER.includes(asked) ? asked : remembered());
  addEventListener("pulseboard-theme-next", () => {
    const next = ORDER[(ORDER.indexOf(root.dataset.theme ?? "auto") + 1) % ORDER.length] ?? "auto";
    remember(next);
    apply(next);
  });
  dark.addEventListener("change", () => apply(root.dataset.theme ?? "auto"));
})();
