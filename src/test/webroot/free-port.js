import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * A port that nobody listens on. For a minute no other program is given it when it asks for just any: a connection that was
 * ended on this side keeps it, while whoever names it may listen there.
 * @returns {Promise<number>}
 */
export async function freePort() {
  const server = createServer((near) => near.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await once(connect(port, "127.0.0.1").resume(), "close");
  server.close();
  await once(server, "close");
  return port;
}
