/** @type {Set<() => void>} */
const jobs = new Set();
let asked = false;

/**
 * Runs the job in the next animation frame, once, however often it is asked for until then. Browsers give hidden
 * tabs no frames, so a hidden tab draws nothing and catches up in one frame.
 * @param {() => void} job
 */
export function inFrame(job) {
  jobs.add(job);
  if (asked) return;
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
