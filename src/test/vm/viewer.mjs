// Usage: node viewer.mjs URL EPOCHS
// A viewer as docs/api.md describes it: register, snapshot, changes; asks again after a hole, comes back when the connection breaks. An epoch (one run
// of the server) counts as live after three changes without a hole; after so many epochs the viewer is content. The WebSocket is
// spoken by hand, because Node.js has one of its own only from version 22 on.
import { randomBytes } from "node:crypto";
import { request } from "node:http";

const [address, epochs] = process.argv.slice(2);
const url = new URL("eventbus/websocket", address.replace(/\/?$/, "/"));
const live = new Set();

function open() {
  const again = () => setTimeout(open, 100);
  const headers = { Connection: "Upgrade", Upgrade: "websocket", Origin: url.origin, "Sec-WebSocket-Version": "13" };
  const upgrade = request(url, { headers: { ...headers, "Sec-WebSocket-Key": randomBytes(16).toString("base64") } });
  upgrade.on("error", again);
  upgrade.on("response", (response) => {
    console.log(`refused with ${response.statusCode}`);
    response.resume();
    again();
  });
  upgrade.on("upgrade", (_, socket, head) => {
    socket.on("error", (error) => console.log(error.message));
    const ask = () => send(socket, { type: "send", address: "board.host.snapshot", replyAddress: "snapshot", body: {} });
    const { take, waits } = follow(ask);
    const patience = setInterval(() => waits() && ask(), 2_000);
    socket.on("close", () => {
      clearInterval(patience);
      again();
    });
    const receive = frames((text) => take(JSON.parse(text)), () => socket.end());
    receive(head);
    socket.on("data", receive);
    send(socket, { type: "register", address: "board.host.changes" });
    ask();
  });
  upgrade.end();
}

/** One text frame, shorter than 126 bytes or than 64 KiB. A client has to mask; masked with zeros a text stays as it is. */
function send(socket, message) {
  const payload = Buffer.from(JSON.stringify(message));
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255];
  socket.write(Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), payload]));
}

/** Puts frames together from what arrives, and gives on the text of complete messages and that the server says goodbye. */
function frames(message, goodbye) {
  let bytes = Buffer.alloc(0);
  let parts = [];
  return (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 2) {
      const short = bytes[1] & 127;
      const start = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length < start) return;
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
      if (bytes.length < start + length) return;
      const control = bytes[0] & 8;
      if (!control) parts.push(bytes.subarray(start, start + length));
      if ((bytes[0] & 15) === 8) goodbye();
      if (!control && bytes[0] & 128) message(Buffer.concat(parts.splice(0)).toString("utf8"));
      bytes = bytes.subarray(start + length);
    }
  };
}

/** What to do with the messages of one connection; asks for a snapshot when it has seen a hole. */
function follow(ask) {
  let board = null;
  let count = 0;
  const early = [];
  const change = ({ epoch, seq }) => {
    if (board === null) return early.push({ epoch, seq });
    if (epoch === board.epoch && seq <= board.seq) return;
    if (epoch !== board.epoch || seq !== board.seq + 1) {
      console.log(`a hole: ${seq} after ${board.seq}`);
      board = null;
      count = 0;
      return ask();
    }
    board = { epoch, seq };
    count += 1;
    if (count === 3) announce(epoch, seq);
  };
  const take = ({ type, address: from, body }) => {
    if (type === "err" && body === "restarting") return console.log("told that the server restarts");
    if (type !== "rec") throw new Error(`refused: ${JSON.stringify(body)}`);
    if (from !== "snapshot") return change(body);
    if (!(body.state.memory.totalBytes > 0)) throw new Error(`a snapshot without figures: ${JSON.stringify(body)}`);
    board = body;
    early.splice(0).forEach(change);
  };
  return { take, waits: () => board === null };
}

function announce(epoch, seq) {
  live.add(epoch);
  console.log(`live ${live.size}: epoch ${epoch}, change ${seq}`);
  if (live.size >= Number(epochs)) process.exit(0);
}

open();
