/** A page that is loaded now has its cards within this time. */
const WITHIN_MS = 5_000;

/**
 * Brings what an alert is about into sight and gives it the focus: its row where there is one, else its card. It may have to be loaded first.
 * @param {HTMLElement} board
 * @param {{ section?: string, key?: string }} what
 * @returns {() => void} looks no more
 */
export function reveal(board, { section = "", key = "" }) {
  const look = () => {
    const card = section === "" ? null : board.querySelector(`.${CSS.escape(section)}`);
    if (!(card instanceof HTMLElement) || card.getClientRects().length === 0) return false;
    // What it is called has been chosen by others, so it is compared as text.
    const name = key === "" ? undefined : [...card.querySelectorAll(".row-name, dt, th")].find((one) => one.textContent === key);
    point(/** @type {HTMLElement | null | undefined} */ (name?.closest(".row, .chip, .reading, tr, li")) ?? card);
    return true;
  };
  if (look()) return () => {};
  const observer = new MutationObserver(() => look() && end());
  const timer = setTimeout(() => end(), WITHIN_MS);
  const end = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  observer.observe(board, { childList: true, subtree: true });
  return end;
}

/** @param {HTMLElement} element */
function point(element) {
  element.tabIndex = -1;
  element.dataset.found = "";
  element.addEventListener("blur", () => {
    element.removeAttribute("tabindex");
    delete element.dataset.found;
  }, { once: true });
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}
