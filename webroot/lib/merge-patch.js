/**
 * JSON Merge Patch (RFC 7396). Nothing is changed in place: subtrees that a patch does not touch are shared
 * with the result, so "did this part change?" is one comparison of references.
 */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The entry of that name itself, never something inherited: names such as "constructor" come from outside.
 * @template T
 * @param {Record<string, T> | undefined} object
 * @param {string} key
 * @returns {T | undefined}
 */
export function own(object, key) {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * @param {unknown} target
 * @param {unknown} patch
 * @returns {unknown} the target with the patch applied
 */
export function mergePatch(target, patch) {
  if (!isObject(patch)) return patch;
  const result = isObject(target) ? { ...target } : {};
  for (const key of Object.keys(patch)) {
    if (patch[key] === null) delete result[key];
    else define(result, key, mergePatch(own(result, key), patch[key]));
  }
  return result;
}

/**
 * Plain assignment to "__proto__" would replace the prototype instead of adding an entry.
 * @param {Record<string, unknown>} object
 * @param {string} key
 * @param {unknown} value
 */
function define(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
