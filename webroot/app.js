import { mount as host } from "./boards/host.js";
import { mount as tree } from "./boards/tree.js";
import { takeArrival } from "./lib/arrival.js";
import { boardOf } from "./lib/board-address.js";
import { Bus } from "./lib/bus.js";
import { now } from "./lib/clock.js";
import { SIGNED_OUT } from "./lib/ends.js";
import { LiveFeed } from "./lib/live-feed.js";
import { Session } from "./lib/session.js";
import { mount as barred } from "./views/barred.js";
import { mount as signIn } from "./views/sign-in.js";

/** Longer than most answers take; then the page shows itself, and that it is connecting. */
const ANSWERED_WITHIN_MS = 1_000;

/** The board of this machine. */
const HOME = "host";

const session = new Session();
let board = shown();
/** The board of this page, while there is one. @type {LiveFeed | undefined} */
export let feed;
let end = () => {};
let rounds = 0;

/** Shows whatever is right for whoever looks, instead of what is there now. @param {string} [why] */
async function begin(why = "") {
  const round = ++rounds;
  end();
  end = () => {};
  const failure = await session.check(ANSWERED_WITHIN_MS).catch((error) => error);
  if (round !== rounds) return;
  if (failure?.message === SIGNED_OUT) end = signIn(document.body, session, why, begin);
  else end = session.mayRead(shown()) ? live(shown()) : barred(document.body, session, shown(), begin);
}

/** The board that the address names; that of this machine if it names none. */
function shown() {
  return boardOf(location.hash) ?? HOME;
}

/** @param {string} name @returns {() => void} ends it */
function live(name) {
  const bus = new Bus(session, () => void begin("You were signed out."));
  const board = feed = new LiveFeed(bus, name);
  const timer = setInterval(() => board.tick(now()), 1000);
  if (name === HOME) board.listen(() => void board.facts.want(board.epoch));
  board.start();
  const unmount = (name === HOME ? host : tree)(document.body, board, begin);
  const ends = [session.listen(() => session.mayRead(name) || void begin()), bus.connection.start(), unmount];
  return () => {
    clearInterval(timer);
    board.stop();
    for (const each of ends) each();
    feed = undefined;
  };
}

/** @param {import("./lib/arrival.js").Arrival | undefined} arrival */
function arrived(arrival) {
  if (arrival) session.arrive(arrival);
  return arrival !== undefined;
}

addEventListener("hashchange", () => {
  const isAnother = board !== shown();
  board = shown();
  if (arrived(takeArrival()) || isAnother) void begin();
});
arrived(takeArrival());
void begin();
