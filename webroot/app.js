// The page that is opened first comes with the shell, in one file.
import "./boards/host/board.js";
import { pageOf, shownWithin } from "./boards/pages.js";
import { takeArrival } from "./lib/address-token.js";
import { Bus } from "./lib/bus.js";
import { SIGNED_OUT } from "./lib/close-reasons.js";
import { Session } from "./lib/session.js";
import { Shell } from "./views/shell.js";
import { mount as signIn } from "./views/sign-in.js";

/** Longer than most answers take; then the page shows itself, and that it is connecting. */
const ANSWERED_WITHIN_MS = 1_000;

const session = new Session();
/** What is shown to whoever is let in. @type {Shell | undefined} */
export let shell;
let end = () => {};
let rounds = 0;

/** Shows whatever is right for whoever looks, instead of what is there now. @param {string} [why] */
async function begin(why = "") {
  const round = ++rounds;
  end();
  shell = undefined;
  end = () => {};
  const failure = await session.check(ANSWERED_WITHIN_MS).catch((error) => error);
  if (round !== rounds) return;
  end = failure?.message === SIGNED_OUT ? signIn(document.body, session, why, begin) : live();
}

/** @returns {() => void} ends it */
function live() {
  shell = new Shell(new Bus(session, () => void begin("You were signed out.")), { pageOf, shownWithin }, begin);
  return shell.start();
}

/** @param {import("./lib/address-token.js").Arrival | undefined} arrival */
function arrived(arrival) {
  if (arrival) session.arrive(arrival);
  return arrival !== undefined;
}

addEventListener("hashchange", () => {
  if (arrived(takeArrival())) void begin();
  else shell?.show();
});
arrived(takeArrival());
void begin();
