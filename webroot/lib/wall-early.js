// A display on a wall ("?wall") has no controls, and is scaled to the screen. A classic script: all this is so before the first paint.
(() => {
  if (!new URLSearchParams(location.search).has("wall")) return;
  document.documentElement.dataset.wall = "";
  // All is enlarged by CSS, and what is drawn by pixels would be coarse: charts are drawn as finely as the screen is.
  const scale = Math.min(4, Math.max(1, innerHeight / 1_080) * 1.5);
  Object.defineProperty(window, "devicePixelRatio", { value: devicePixelRatio * scale, configurable: true });
})();
