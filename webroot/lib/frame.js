/** @type {Set<() => void>} */
const jobs = new Set();
let asked = false;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Runs the job in an animation frame, once, however often it is asked for until then. Browsers give hidden
 * tabs no frames, so a hidden tab draws nothing and catches up in one frame.
 *
 * A frame costs the browser much more than what is written in it: what can wait goes along with the next one that others ask for.
 * @param {() => void} job
 * @param {number} [patience] how long it can wait for such a frame, in ms
 */
export function inFrame(job, patience = 0) {
  jobs.add(job);
  if (asked) return;
  if (patience > 0) timer ??= setTimeout(ask, patience);
  else ask();
}

function ask() {
  clearTimeout(timer);
  timer = undefined;
  asked = true;
  requestAnimationFrame(run);
}

function run() {
  asked = false;
  const due = [...jobs];
  jobs.clear();
  for (const job of due) runOne(job);
}

/** One broken card must not stop the others. @param {() => void} job */
function runOne(job) {
  try {
    job();
  } catch (error) {
    reportError(error);
  }
}
