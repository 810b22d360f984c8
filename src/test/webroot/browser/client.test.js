import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { skip, soon, startServer } from "./harness.js";

const require = createRequire(import.meta.url);

describe("the ordinary event-bus client of Vert.x", { skip }, () => {
  /** @type {import("./harness.js").Server} */
  let server;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.stop());

  test("readsABoardWithoutOurPage", async () => {
    const EventBus = require("@vertx/eventbus-bridge-client.js");
    const bus = new EventBus(`${server.url}eventbus`, { sockjs: { transports: ["websocket", "xhr-streaming"] } });
    try {
      await new Promise((resolve) => {
        bus.onopen = resolve;
      });
      const change = new Promise((resolve) => {
        bus.registerHandler("board.host.changes", {}, (/** @type {any} */ _error, /** @type {any} */ message) => resolve(message.body));
      });
      const snapshot = await new Promise((resolve, reject) => {
        bus.send("board.host.snapshot", {}, {}, (/** @type {any} */ error, /** @type {any} */ message) => (error ? reject(error) : resolve(message.body)));
      });
      await soon(async () => assert.equal(/** @type {any} */ (await change).epoch, /** @type {any} */ (snapshot).epoch));
    } finally {
      bus.close();
    }
  });
});
