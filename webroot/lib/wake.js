/**
 * Calls back whenever somebody looks at the page again, or the network is back.
 * @param {() => void} callback
 * @returns {() => void} stops
 */
export function onWake(callback) {
  const wake = () => document.visibilityState === "visible" && callback();
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  return () => {
    removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
  };
}
