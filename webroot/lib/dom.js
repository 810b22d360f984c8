/**
 * The only way this page writes to the document. Everything goes through textContent and attributes: names of
 * processes, disks and mounts are chosen by others and must never be parsed as HTML.
 *
 * @typedef {{ class?: string, text?: string, [attribute: string]: string | undefined }} Properties
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Properties} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (name === "text") element.textContent = shown(element, value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** What is seen as nothing, or turns around what follows; not the joiners, which are part of words and of pictures. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** Names of others stand in a bdi, and there each sign of theirs is to be seen: one name never looks like another. @param {Element} element @param {string} text */
function shown(element, text) {
  return element.localName === "bdi" ? text.replace(UNSEEN, (sign) => (sign < " " ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : "\ufffd")) : text;
}

/**
 * Writes only what is new, so that an unchanged figure costs no layout, and into the text that is there: another node would
 * have its style and its layout made anew.
 * @param {Element} element @param {string} text
 */
export function setText(element, text) {
  text = shown(element, text);
  const only = element.firstChild;
  if (only instanceof Text && only === element.lastChild) {
    if (only.data !== text) only.data = text;
  } else if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string | undefined} value undefined removes it */
export function setAttribute(element, name, value) {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Even to write the same costs the style of what is around it. @param {HTMLElement} element @param {boolean} hidden */
export function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** A number for the style sheet, such as the length of a bar. @param {HTMLElement} element @param {string} name @param {number} value */
export function setVariable(element, name, value) {
  const text = String(Math.round(value * 1000) / 1000);
  if (element.style.getPropertyValue(name) !== text) element.style.setProperty(name, text);
}

/** Puts the children in that order and moves only those that are out of place. @param {Element} parent @param {Element[]} children */
export function arrange(parent, children) {
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

/** @param {string} key @param {string} fallback */
export function recall(key, fallback) {
  try {
    return localStorage.getItem(`pulseboard.${key}`) ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`pulseboard.${key}`, value);
  } catch {
    // A private window: the choice lives as long as the page.
  }
}
