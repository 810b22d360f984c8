import { takeArrival } from "./lib/address-token.js";
import { now } from "./lib/clock.js";
import { Session } from "./lib/session.js";
import { ValueFeed } from "./lib/value-feed.js";
import { mount } from "./views/value.js";

const SIZES = ["small", "medium", "large"];
const SIGNED_IN_WITHIN_MS = 10_000;

const asked = new URLSearchParams(location.search).get("size") ?? "";
const size = SIZES.includes(asked) ? asked : "medium";
const name = location.pathname.split("/").pop() ?? "";
const feed = new ValueFeed(name);
const element = document.getElementById("widget");

/** A display on a wall brings its token along, as with the page. */
async function arrive() {
  const arrival = takeArrival();
  if (!arrival) return;
  const session = new Session();
  session.arrive(arrival);
  await session.check(SIGNED_IN_WITHIN_MS).catch(() => {});
}

/** Who does not look costs the server nothing. */
function follow() {
  if (document.visibilityState === "visible") feed.start();
  else feed.stop();
}

if (element) mount(element, feed, size);
await arrive();
document.addEventListener("visibilitychange", follow);
addEventListener("online", follow);
addEventListener("hashchange", () => void arrive().then(() => feed.again()));
setInterval(() => feed.tick(now()), 1000);
follow();
