const SVG = "http://www.w3.org/2000/svg";

/** Each with a shape of its own, since a colour alone is not for everyone; on a ground of 16 by 16. */
const PATHS = {
  check: "M6.6 12.6 2.4 8.4l1.5-1.5 2.7 2.7 5.5-5.6 1.5 1.5z",
  triangle: "M8 1.6 15.2 14.4H.8zm-.9 4.6.2 4h1.4l.2-4zm.9 6.6a.95.95 0 1 0 0-1.9.95.95 0 0 0 0 1.9z",
  octagon: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1zm.3 3L4 5.4 6.6 8 4 10.6 5.4 12 8 9.4l2.6 2.6 1.4-1.4L9.4 8 12 5.4 10.6 4 8 6.6z",
  circle: "M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 8 1.2zM7.2 7v5h1.6V7zM8 3.8a1 1 0 1 0 0 2 1 1 0 0 0 0-2z",
  question: "M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 8 1.2zM5.5 6.5h1.6c0-.6.4-1 1-1s.9.3.9.8c0 .4-.2.6-.7.9-.8.5-1.1.9-1.1 1.9h1.5c0-.5.2-.7.7-1 .8-.5 1.2-1.1 1.2-2C10.6 4.8 9.6 4 8.1 4 6.5 4 5.5 5 5.5 6.500zM7.9 10.100a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.800z",
  arrows: "M8 2.500a5.5 5.5 0 0 1 4.9 3l1.3-.9.3 4.2-3.8-1.7 1-.7A4 4 0 0 0 4.3 6.500l-1.5-.6A5.5 5.5 0 0 1 8 2.500zM1.5 7.200l3.8 1.7-1 .7a4 4 0 0 0 7.4-.1l1.5.6a5.5 5.5 0 0 1-10.1.4l-1.3.9z",
  pause: "M3.5 2.500h3v11h-3zm6 0h3v11h-3z",
  dash: "M2.5 7h11v2h-11z",
};

/** @typedef {keyof typeof PATHS} IconName */

/** A sign beside a word, which says the same: it is hidden from screen readers. @param {IconName} name */
export function createIcon(name) {
  const element = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" })) element.setAttribute(key, value);
  element.append(path);
  const show = (/** @type {IconName} */ other) => {
    if (path.getAttribute("d") !== PATHS[other]) path.setAttribute("d", PATHS[other]);
  };
  show(name);
  return { element, show };
}
