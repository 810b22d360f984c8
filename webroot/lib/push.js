import { change, isElsewhere, request } from "./api.js";

/** Where the server says its key, and takes browsers. */
const KEY = "api/boards/alerts/push-key";
const ACTIONS = "api/boards/alerts/actions/";

/**
 * Why this browser cannot be sent messages while no page is open, one sentence for people; "" when it can.
 * @param {Window & typeof globalThis} [view]
 */
export function pushObstacle(view = window) {
  if (isElsewhere) return "Messages are switched on at the page of the server itself.";
  if (!view.isSecureContext) return "Browsers take messages only from pages that come by HTTPS, or from localhost.";
  if (!("serviceWorker" in view.navigator && "PushManager" in view && "Notification" in view)) {
    return "This browser takes no messages; on an iPhone or iPad the page has to be on the home screen first.";
  }
  return view.Notification.permission === "denied"
    ? "This browser was told to show no messages of this page; its settings for this page change that."
    : "";
}

const worker = () => new URL("push.js", document.baseURI);

/** @returns {Promise<PushSubscription | null>} */
async function current() {
  const registration = await navigator.serviceWorker.getRegistration(worker());
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Whether this browser is sent messages, as far as it knows. */
export async function isSubscribed() {
  return pushObstacle() === "" && (await current()) !== null;
}

/** @param {string} base64url */
export function bytesOf(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** @param {ArrayBuffer | null | undefined} key @param {Uint8Array} other */
function isSame(key, other) {
  const bytes = new Uint8Array(key ?? new ArrayBuffer(0));
  return bytes.length === other.length && bytes.every((each, i) => each === other[i]);
}

/**
 * Has this browser be sent messages. To be called where somebody has just pressed something: the browser asks them. Rejects with a
 * sentence for people.
 */
export async function subscribe() {
  const obstacle = pushObstacle();
  if (obstacle) throw new Error(obstacle);
  if (await Notification.requestPermission() !== "granted") throw new Error("The browser was not allowed to show messages.");
  const key = bytesOf((await request(KEY)).publicKey);
  const registration = await navigator.serviceWorker.register(worker());
  await navigator.serviceWorker.ready;
  let subscription = await registration.pushManager.getSubscription();
  if (subscription && !isSame(subscription.options.applicationServerKey, key)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  await change("POST", `${ACTIONS}subscribe-browser`, { endpoint, p256dh: keys?.p256dh, auth: keys?.auth });
}

/** Ends that. The server forgets a browser by itself, too, when its push service does. */
export async function unsubscribe() {
  const subscription = await current();
  if (!subscription) return;
  await subscription.unsubscribe();
  await change("POST", `${ACTIONS}unsubscribe-browser`, { endpoint: subscription.endpoint });
}
