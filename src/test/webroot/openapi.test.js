import assert from "node:assert/strict";
import { test } from "node:test";
import { curl, missing, operations, target } from "../../../webroot/lib/openapi.js";

const API = {
  paths: {
    "/api/boards/{board}/history": {
      get: {
        summary: "What it showed before",
        parameters: [{ $ref: "#/components/parameters/Board" }, { name: "from", in: "query", schema: { type: "string" } }],
        responses: { 200: { description: "The series" }, 404: { $ref: "#/components/responses/Unknown" } },
      },
    },
    "/api/boards/toy/actions/add": {
      post: {
        summary: "Counts on",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Add" } } } },
        responses: { 200: { description: "Done" } },
      },
    },
    "/api/boards/{board}/stream": { get: { responses: { 200: { content: { "text/event-stream": {} } } } } },
  },
  components: {
    parameters: { Board: { name: "board", in: "path", required: true, description: "Its name", schema: { type: "string" } } },
    responses: { Unknown: { description: "There is no such board" } },
    schemas: {
      Add: { type: "object", properties: { by: { type: "integer" }, tags: { type: "array", items: { enum: ["a", "b"] } }, self: { $ref: "#/components/schemas/Add" } } },
    },
  },
};

const [history, add, stream] = operations(API);

test("every method of every path is one operation, with what its references stand for", () => {
  assert.deepEqual(operations(API).map((each) => `${each.method} ${each.path}`),
    ["GET /api/boards/{board}/history", "POST /api/boards/toy/actions/add", "GET /api/boards/{board}/stream"]);
  assert.deepEqual(history.fields.map((each) => [each.name, each.place, each.required]), [["board", "path", true], ["from", "query", false]]);
  assert.deepEqual(history.statuses, [{ status: "200", description: "The series" }, { status: "404", description: "There is no such board" }]);
  assert.equal(history.isStream, false);
  assert.equal(stream.isStream, true);
});

test("body to begin with fits its schema, also where that holds itself", () => {
  const example = JSON.parse(add.example);
  assert.equal(example.by, 0);
  assert.deepEqual(example.tags, ["a"]);
  assert.equal(typeof example.self, "object");
  assert.equal(history.example, undefined);
});

test("path and query hold what was filled in, and nothing of it is an address of its own", () => {
  const values = new Map([["board", "web1/host"], ["from", "-1h&to=?#"]]);
  assert.equal(target(history, values), "/api/boards/web1/host/history?from=-1h%26to%3D%3F%23");
  assert.equal(target(history, new Map([["board", "a b?"]])), "/api/boards/a%20b%3F/history");
  assert.deepEqual(missing(history, new Map()), ["board"]);
  assert.deepEqual(missing(history, values), []);
});

test("line for a terminal quotes whatever is in it", () => {
  assert.equal(curl("POST", "http://a/b", "{\"it's\":1}"),
    "curl -X POST -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -d '{\"it'\\''s\":1}' 'http://a/b'");
});

test("description that lacks everything is an empty list", () => {
  assert.deepEqual(operations({}), []);
  assert.deepEqual(operations({ paths: { "/a": null } }), []);
});
