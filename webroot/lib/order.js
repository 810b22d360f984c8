/**
 * What is wrong comes first, the worst at the top; the others keep their order.
 * @param {string[]} keys
 * @param {(key: string) => number} wrong how much is wrong with it, 0 for nothing
 */
export function wrongFirst(keys, wrong) {
  return [...keys].sort((a, b) => wrong(b) - wrong(a));
}

/**
 * One that a headline speaks of is among the first few: the last of them, unless it is there anyway.
 * @param {string[]} keys
 * @param {number} few
 * @param {string | undefined} key
 */
export function withinFirst(keys, few, key) {
  if (key === undefined || keys.indexOf(key) < few) return keys;
  const others = keys.filter((one) => one !== key);
  return [...others.slice(0, few - 1), key, ...others.slice(few - 1)];
}
