import { address } from "../../lib/api.js";
import { h, setText } from "../../lib/dom.js";

const AHEAD_SECONDS = 20;
const ASK_AGAIN_MS = 250;

/**
 * A picture of what a player of the lab plays: it joins where that player is, and gets the very segments that the player has fetched over its
 * emulated lines, as soon as it has them. When the player has none, the picture stands still, too.
 * @param {string} board @param {string} player
 */
export function createScreen(board, player) {
  const video = h("video", { muted: "", playsinline: "", "aria-label": `What ${player} plays` });
  video.muted = true;
  const note = h("p", { class: "card-note quiet" });
  const play = h("button", { type: "button", text: "Watch" });
  const element = h("div", { class: "lab-screen" }, video, note, play);
  let round = 0;
  let url = "";
  const at = (/** @type {string} */ path) => address(`api/boards/${board}/play/${encodeURIComponent(player)}/${path}`);

  const end = () => {
    round++;
    if (url) URL.revokeObjectURL(url);
    url = "";
  };
  const begin = async () => {
    end();
    const mine = round;
    play.hidden = true;
    try {
      await watch(video, at, () => mine === round, (made) => (url = made), (text) => setText(note, text));
    } catch (error) {
      if (mine === round) setText(note, `n/a: ${error instanceof Error ? error.message : String(error)}`);
      play.hidden = false;
    }
  };
  play.addEventListener("click", () => void begin());
  void begin();
  return { element, remove: end };
}

/**
 * @param {HTMLVideoElement} video @param {(path: string) => URL} at @param {() => boolean} isOn @param {(url: string) => void} made
 * @param {(text: string) => void} say
 */
async function watch(video, at, isOn, made, say) {
  const live = await (await fetch(at("live"))).json();
  const type = `video/mp4; codecs="${live.codec}"`;
  if (!("MediaSource" in window) || !MediaSource.isTypeSupported(type)) throw new Error(`this browser cannot play ${type}`);
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  made(url);
  video.src = url;
  await once(source, "sourceopen");
  const buffer = source.addSourceBuffer(type);
  buffer.mode = "sequence";
  const first = Math.floor(live.positionSeconds / live.segmentSeconds);
  buffer.timestampOffset = first * live.segmentSeconds;
  let rung = -1;
  for (let segment = first; isOn(); ) {
    const ahead = segment === first ? 0 : segment * live.segmentSeconds - video.currentTime;
    const answer = ahead > AHEAD_SECONDS ? undefined : await fetch(at(`segment/${segment}`));
    if (answer?.status !== 200) {
      if (answer && answer.status >= 400) throw new Error("the player was stopped");
      await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
      continue;
    }
    const its = Number(/rung=(\d+)/.exec(answer.headers.get("content-type") ?? "")?.[1]);
    if (its !== rung) await append(buffer, await (await fetch(at(`init/${its}`))).arrayBuffer());
    rung = its;
    await append(buffer, await answer.arrayBuffer());
    // Before there is something to show, a browser forgets where it was told to begin.
    if (segment === first) video.currentTime = Math.max(live.positionSeconds, buffer.buffered.start(0));
    segment++;
    say("");
    if (video.paused) await video.play().catch(() => say("Press play: this browser starts no video by itself."));
    await trim(buffer, video.currentTime - AHEAD_SECONDS);
  }
}

/** @param {SourceBuffer} buffer @param {ArrayBuffer} bytes */
async function append(buffer, bytes) {
  buffer.appendBuffer(bytes);
  await once(buffer, "updateend");
}

/** @param {SourceBuffer} buffer @param {number} until seconds that nobody looks at any more */
async function trim(buffer, until) {
  if (until <= 0 || buffer.buffered.length === 0 || buffer.buffered.start(0) >= until) return;
  buffer.remove(0, until);
  await once(buffer, "updateend");
}

/** @param {EventTarget} target @param {string} event */
function once(target, event) {
  return new Promise((done) => target.addEventListener(event, done, { once: true }));
}
