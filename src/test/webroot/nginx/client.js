// What fetch() does not let a test do: any header, any address to come from, and the answer's headers as they were sent.
import { randomBytes } from "node:crypto";
import http from "node:http";
import https from "node:https";

/**
 * @typedef {{ method?: string, headers?: Record<string, string>, localAddress?: string, rejectUnauthorized?: boolean, body?: string | Buffer }} How
 * @typedef {{ status: number, headers: import("node:http").IncomingHttpHeaders, raw: string[], body: Buffer }} Answer
 */

/** @param {string} url @param {How} [how] */
function open(url, how = {}) {
  const { request } = url.startsWith("https:") ? https : http;
  return request(url, { agent: false, timeout: 20_000, ...how });
}

/** @param {import("node:http").ClientRequest} request @param {string | Buffer} [body] @returns {Promise<import("node:http").IncomingMessage>} */
function response(request, body) {
  return new Promise((resolve, reject) => {
    request.once("response", resolve).once("error", reject);
    request.once("timeout", () => request.destroy(new Error("no answer within 20 s")));
    request.end(body);
  });
}

/** @param {string} url @param {How} [how] @returns {Promise<Answer>} */
export async function get(url, how) {
  const answer = await response(open(url, how), how?.body);
  const parts = [];
  for await (const part of answer) parts.push(part);
  return { status: answer.statusCode ?? 0, headers: answer.headers, raw: answer.rawHeaders, body: Buffer.concat(parts) };
}

/** Only the head of an answer that may never end. @param {string} url @param {How} [how] @returns {Promise<Answer>} */
export async function head(url, how) {
  const answer = await response(open(url, how));
  answer.destroy();
  return { status: answer.statusCode ?? 0, headers: answer.headers, raw: answer.rawHeaders, body: Buffer.alloc(0) };
}

/** A stream of events that stays open; ends with the generator. @param {string} url @param {How} [how] */
export async function* events(url, how) {
  const answer = await response(open(url, how));
  let text = "";
  try {
    for await (const part of answer.setEncoding("utf8")) {
      text += part;
      const whole = text.split("\n\n");
      text = whole.pop() ?? "";
      for (const event of whole) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        yield { name: /^event: (.*)$/m.exec(event)?.[1], data: JSON.parse(data ?? "null") };
      }
    }
  } finally {
    answer.destroy();
  }
}

/** What a POST is answered until this text has come. @param {string} url @param {string} wanted */
export async function firstBytes(url, wanted) {
  const answer = await response(open(url, { method: "POST" }));
  let text = "";
  for await (const part of answer.setEncoding("utf8")) {
    text += part;
    if (text.includes(wanted)) break; // Leaving the loop ends the request.
  }
  return text;
}

/**
 * The bridge's raw WebSocket, registered for the changes of the host.
 * @param {string} url the page's @param {How} [how]
 * @returns {Promise<{ change: () => Promise<any>, close: () => void }>} fails with the status if there is no upgrade
 */
export async function openSocket(url, how = {}) {
  const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"), ...how.headers };
  const request = open(new URL("eventbus/websocket", url).href, { ...how, headers });
  /** @type {import("node:net").Socket} */
  const socket = await new Promise((resolve, reject) => {
    request.once("upgrade", (_answer, upgraded, first) => {
      upgraded.unshift(first);
      resolve(upgraded);
    }).once("error", reject);
    request.once("response", (answer) => {
      answer.destroy();
      reject(new Error(`no upgrade, but ${answer.statusCode}`));
    });
    request.end();
  });
  const text = Buffer.from(JSON.stringify({ type: "register", address: "board.host.changes" }));
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text])); // Masked with zeros.
  const messages = frames(socket);
  return { change: async () => (await messages.next()).value.body, close: () => socket.destroy() };
}

/** Messages of a socket, each of one frame; the bridge sends no other. @param {import("node:net").Socket} socket */
async function* frames(socket) {
  let bytes = Buffer.alloc(0);
  for await (const part of socket) {
    bytes = Buffer.concat([bytes, part]);
    for (;;) {
      const short = (bytes[1] ?? 0) & 0x7f;
      const start = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (bytes.length < start) break;
      const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
      if (bytes.length < start + length) break;
      const opcode = (bytes[0] ?? 0) & 0x0f;
      if (opcode === 1 || opcode === 2) yield JSON.parse(bytes.toString("utf8", start, start + length));
      bytes = bytes.subarray(start + length);
    }
  }
  throw new Error("the socket was closed");
}

/** Tries until it is true, because some things are written after the answer has been sent. @param {() => boolean | Promise<boolean>} holds */
export async function eventually(holds) {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within 10 s: ${holds}`);
}
