import { connect, createServer } from "node:net";

/**
 * Passes bytes on to the jar and back, and notes what was asked, as it came over the wire.
 * @param {string} jarPort
 */
export async function startRelay(jarPort) {
  let connections = 0;
  let asked = "";
  const sockets = new Set();
  const server = createServer((near) => {
    connections++;
    const far = connect(Number(jarPort), "127.0.0.1");
    near.on("data", (bytes) => (asked += bytes.toString("latin1")));
    for (const [from, to] of [[near, far], [far, near]]) {
      from?.pipe(/** @type {import("node:net").Socket} */ (to)).on("error", () => from.destroy());
      sockets.add(from);
    }
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    port: String(port),
    connections: () => connections,
    asked: () => asked,
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
