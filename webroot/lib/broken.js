// Says why, where the page's own scripts do not come. A classic script: browsers tell its server no origin, which is what a
// proxy that changes the Host header makes wrong, and then no module is let through.
addEventListener("error", ({ target }) => {
  if (!(target instanceof HTMLScriptElement) || target.type !== "module") return;
  const base = document.querySelector('meta[name="pulseboard-base"]')?.getAttribute("content") ?? "./";
  const probe = new URL("eventbus/info", new URL(base.replace(/\/?$/, "/"), document.baseURI));
  fetch(probe, { method: "OPTIONS" }).then((answer) => answer.json()).catch(() => ({})).then(({ message }) => {
    const line = document.createElement("p");
    line.className = "noscript";
    line.setAttribute("role", "alert");
    line.textContent = `This page's scripts did not load: ${message ?? "the server did not answer; reload the page to try again"}.`;
    document.querySelector("main")?.append(line);
  });
}, true);
