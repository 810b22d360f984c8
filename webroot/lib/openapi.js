/**
 * Reads the description of the API (OpenAPI 3.0) as far as it is needed to show and to try it.
 *
 * @typedef {Record<string, any>} Json
 * @typedef {{ name: string, place: "path" | "query", required: boolean, description: string, choices: string[], example: string }} Field
 * @typedef {{ method: string, path: string, summary: string, description: string, fields: Field[], example: string | undefined,
 *   isStream: boolean, statuses: { status: string, description: string }[] }} Operation example: a body to begin with, if it takes one
 */

const METHODS = ["get", "put", "post", "patch", "delete"];
const DEEPEST = 6;

/** What a reference of the description stands for. @param {Json} all @param {any} node @returns {any} */
function resolve(all, node) {
  let found = node;
  for (let hops = 0; found?.$ref && hops < DEEPEST; hops++) {
    found = String(found.$ref).slice(2).split("/").reduce((/** @type {any} */ at, key) => at?.[key], all);
  }
  return found ?? {};
}

/** All that can be asked for, in the order of the description. @param {Json} all @returns {Operation[]} */
export function operations(all) {
  return Object.entries(all.paths ?? {}).flatMap(([path, methods]) => METHODS
    .filter((method) => methods?.[method])
    .map((method) => operation(all, path, method, methods[method])));
}

/** @param {Json} all @param {string} path @param {string} method @param {Json} told @returns {Operation} */
function operation(all, path, method, told) {
  const body = resolve(all, told.requestBody).content?.["application/json"]?.schema;
  const answers = Object.entries(told.responses ?? {}).map(([status, answer]) => ({ status, answer: resolve(all, answer) }));
  return {
    method: method.toUpperCase(),
    path,
    summary: String(told.summary ?? ""),
    description: String(told.description ?? ""),
    fields: (told.parameters ?? [])
      .map((/** @type {any} */ each) => resolve(all, each))
      .filter((/** @type {any} */ each) => each.in === "path" || each.in === "query")
      .map((/** @type {any} */ each) => field(all, each)),
    example: body ? JSON.stringify(example(all, body, 0), null, 2) : undefined,
    isStream: answers.some(({ answer }) => answer.content?.["text/event-stream"]),
    statuses: answers.map(({ status, answer }) => ({ status, description: String(answer.description ?? "") })),
  };
}

/** @param {Json} all @param {any} parameter @returns {Field} */
function field(all, parameter) {
  const schema = resolve(all, parameter.schema);
  return {
    name: String(parameter.name),
    place: parameter.in,
    required: Boolean(parameter.required),
    description: String(parameter.description ?? ""),
    choices: (schema.enum ?? []).map(String),
    example: String(parameter.example ?? schema.example ?? schema.default ?? ""),
  };
}

/** A value that fits a schema, to be changed by people. @param {Json} all @param {any} schema @param {number} depth @returns {any} */
function example(all, schema, depth) {
  const told = resolve(all, schema);
  if (told.example !== undefined) return told.example;
  if (told.enum) return told.enum[0];
  if (told.type === "object" || told.properties) {
    const members = depth < DEEPEST ? Object.entries(told.properties ?? {}) : [];
    return Object.fromEntries(members.map(([name, each]) => [name, example(all, each, depth + 1)]));
  }
  if (told.type === "array") return depth < DEEPEST ? [example(all, told.items, depth + 1)] : [];
  return told.type === "integer" || told.type === "number" ? 0 : told.type === "boolean" ? false : "";
}

/**
 * The path with what was filled in; what is empty is left out of the query.
 * @param {Operation} operation @param {Map<string, string>} values by name
 */
export function target(operation, values) {
  // A board of another machine has a slash between its machine and its name, and keeps it.
  const path = operation.path.replace(/\{([^}]+)\}/g, (whole, name) =>
    (values.get(name) || whole).split("/").map(encodeURIComponent).join("/"));
  const query = operation.fields
    .filter((each) => each.place === "query" && values.get(each.name))
    .map((each) => `${encodeURIComponent(each.name)}=${encodeURIComponent(values.get(each.name) ?? "")}`);
  return path + (query.length ? `?${query.join("&")}` : "");
}

/** What has to be filled in before it can be asked. @param {Operation} operation @param {Map<string, string>} values */
export function missing(operation, values) {
  return operation.fields.filter((each) => each.required && !values.get(each.name)).map((each) => each.name);
}

/** The same for a terminal; nothing in it is read by a shell. @param {string} method @param {string} url @param {string | undefined} body */
export function curl(method, url, body) {
  /** @param {string} text */
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const verb = method === "GET" ? "" : ` -X ${method}`;
  const sent = body === undefined ? "" : ` -H 'Content-Type: application/json' -d ${quoted(body)}`;
  return `curl${verb} -H "Authorization: Bearer $TOKEN"${sent} ${quoted(url)}`;
}
