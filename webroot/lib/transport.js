import { address } from "./api.js";
import { endOfCode, RESTARTS, SIGNED_OUT } from "./close-reasons.js";

/**
 * One connection to the bridge, whichever way it travels.
 * @typedef {{ send: (text: string) => void, close: () => void, name: () => string }} Link
 * @typedef {{ open: () => void, message: (text: string) => void, closed: (reason: string) => void }} Hears
 */

const decoder = new TextDecoder();

/**
 * A link that is opened as soon as the way to the server is clear.
 * @param {Promise<void>} clear
 * @param {() => Link} open
 * @param {(reason: string) => void} failed
 * @returns {Link}
 */
export function openAfter(clear, open, failed) {
  /** @type {Link | undefined} */
  let link;
  let wanted = true;
  clear.then(() => {
    if (wanted) link = open();
  }).catch((error) => failed(error.message));
  return {
    send: (text) => link?.send(text),
    close: () => {
      wanted = false;
      link?.close();
    },
    name: () => link?.name() ?? "",
  };
}

/** By default the bridge's raw WebSocket. Its frames are binary. @param {Hears} hears @param {string} [path] @returns {Link} */
export function openWebSocket(hears, path = "eventbus/websocket") {
  const url = address(path);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => hears.open();
  socket.onmessage = ({ data }) => hears.message(typeof data === "string" ? data : decoder.decode(data));
  socket.onclose = ({ code }) => hears.closed(endOfCode(code));
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    name: () => "WebSocket",
  };
}

/** @type {Promise<unknown> | undefined} */
let loading;

/** Loaded only where WebSockets do not get through, so most visitors never fetch it. */
function loadSockJs() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../vendor/sockjs.min.js", import.meta.url).href;
    script.onload = resolve;
    script.onerror = () => {
      loading = undefined;
      script.remove();
      dispatchEvent(new Event("pulseboard-missing")); // After an upgrade it is not there any more.
      reject(new Error("the fallback transport did not load"));
    };
    document.head.append(script);
  });
  return loading;
}

/** @type {Record<string, string>} */
const NAMES = { "xhr-streaming": "XHR streaming", "xhr-polling": "XHR polling" };

/** The same JSON frames as text, over plain HTTP requests. @param {Hears} hears @returns {Link} */
export function openXhr(hears) {
  /** @type {any} */
  let socket;
  let wanted = true;
  loadSockJs().then(() => {
    if (!wanted) return;
    // @ts-expect-error SockJS is what the script has just defined.
    socket = new SockJS(address("eventbus").href, null, { transports: Object.keys(NAMES) });
    socket.onopen = () => hears.open();
    socket.onmessage = (/** @type {{ data: string }} */ { data }) => hears.message(data);
    socket.onclose = (/** @type {{ code: number }} */ { code }) => hears.closed(endOfCode(code));
  }, (error) => hears.closed(error.message));
  return {
    send: (text) => socket.send(text),
    close: () => {
      wanted = false;
      socket?.close();
    },
    name: () => NAMES[socket?.transport] ?? "XHR",
  };
}

/** Events of one name, where WebSockets do not get through: browsers have six such connections to a server and no more. @param {Hears} hears @param {string} path @param {string} name @returns {Link} */
export function openEvents(hears, path, name) {
  const source = new EventSource(address(path));
  const ended = (/** @type {string} */ reason) => {
    source.close();
    hears.closed(reason);
  };
  source.onopen = () => hears.open();
  source.addEventListener(name, ({ data }) => hears.message(data));
  source.addEventListener("restarting", () => ended(RESTARTS));
  source.addEventListener("signed_out", () => ended(SIGNED_OUT));
  source.onerror = () => ended("the connection broke");
  return { send: () => {}, close: () => source.close(), name: () => "events" };
}
