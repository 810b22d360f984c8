/** @param {HTMLElement} element @param {() => void} act */
export function whenResized(element, act) {
  const observer = new ResizeObserver(act);
  observer.observe(element);
  return () => observer.disconnect();
}

/** Calls back when it comes near the screen, and when it is gone. @param {HTMLElement} element @param {(seen: boolean) => void} act */
export function whenSeen(element, act) {
  const observer = new IntersectionObserver((entries) => act(entries.at(-1)?.isIntersecting ?? false), {
    rootMargin: "200px",
  });
  observer.observe(element);
  return () => observer.disconnect();
}
