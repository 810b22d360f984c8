// Records what webroot/demo.html plays: "node record-demo.js [SECONDS]". The figures are those of this machine while it records, with its
// names of hosts, users and devices left out; the jobs and events beside them are made up here, since no board has some yet.
import { writeFileSync } from "node:fs";
import { mergePatch } from "../../../webroot/lib/merge-patch.js";
import { repository, startServer } from "./browser/harness.js";

const SECONDS = Number(process.argv[2] ?? 20);
const MINUTE = 60_000;
/** Of the processes so many, or the file would be of nothing else. */
const PROCESSES = 40;
const NAMES = ["postgres", "java", "nginx", "redis-server", "node", "python3", "sshd", "systemd", "cron", "dockerd", "prometheus", "rsync"];

/** @param {string} url @param {string} board @param {number} until */
async function record(url, board, until) {
  /** @type {{ at: number, patch: any }[]} */
  const changes = [];
  let state;
  let begun = 0;
  const answer = await fetch(`${url}api/boards/${board}/stream`);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; Date.now() < until;) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const data of events.flatMap((event) => event.split("\n").filter((line) => line.startsWith("data:")))) {
      const message = JSON.parse(data.slice(5));
      begun ||= message.at;
      if (message.state) state = message.state;
      else if (board === "processes" && Object.keys(state.processes ?? {}).length === 0) state = mergePatch(state, message.patch); // It begins when somebody watches.
      else if (Object.keys(message.patch ?? {}).length > 0) changes.push({ at: message.at - begun, patch: message.patch });
    }
  }
  await reader.cancel();
  return { state, changes };
}

/** Other people's machines have such names, too. @param {Awaited<ReturnType<typeof record>>} recorded */
function withoutNames({ state, changes }) {
  const kept = new Set(Object.keys(state.processes).slice(0, PROCESSES));
  const tidy = (/** @type {any} */ all = {}) => {
    for (const [id, each] of Object.entries(all)) {
      if (!kept.has(id)) delete all[id];
      else if (each?.name) Object.assign(each, { name: NAMES[Number(id) % NAMES.length], user: Number(id) % 3 ? "app" : "root" });
    }
  };
  tidy(state.processes);
  delete state.meta;
  for (const { patch } of changes) {
    tidy(patch.processes);
    delete patch.meta;
  }
  return { state, changes: changes.filter(({ patch }) => Object.keys(patch.processes ?? {}).length > 0) };
}

const server = await startServer();
try {
  const until = Date.now() + SECONDS * 1_000;
  const [host, processes] = await Promise.all(["host", "processes"].map((board) => record(server.url, board, until)));
  if (!host || !processes) throw new Error("nothing was recorded");
  for (const each of [host.state, ...host.changes.map(({ patch }) => patch)]) for (const key of ["meta", "network", "sensors", "container"]) delete each[key];
  host.state.filesystems = { "/": { usedPercent: 71.2, usedBytes: 71.2e9, type: "ext4" }, "/srv/photos and a rather long name of a mount point that has to be cut": { usedPercent: 93.4, usedBytes: 3.7e12, type: "xfs" },
    "/mnt/backup": { unavailable: "does not answer", type: "nfs4" }, "/boot": { usedPercent: 34, usedBytes: 3.4e8, type: "vfat" } };
  for (const { patch } of host.changes) delete patch.filesystems;
  const jobs = { copy: { name: "Photos to the cloud", done: 412, total: 1_300 }, scan: { name: "Scan of /srv", done: 0 }, late: { name: "Backup of databases", done: 55, total: 80, stalledMilliseconds: 190_000 }, over: { name: "Mirror of packages", done: 9, total: 9 } };
  const steps = Array.from({ length: SECONDS }, (_, second) => ({ at: second * 1_000, patch: { copy: { done: 412 + 9 * second }, scan: { done: 31 * second }, late: { stalledMilliseconds: 190_000 + second * 1_000 } } }));
  const events = [
    { id: "1", lane: "File system full", from: -52 * MINUTE, to: -31 * MINUTE, text: "/srv/photos 93 % full", state: "warning" },
    { id: "2", lane: "File system full", from: -9 * MINUTE, text: "/srv/photos 93 % full", state: "critical" },
    { id: "3", lane: "Host", from: -44 * MINUTE, isMoment: true, text: "The machine was restarted", state: "info" },
    { id: "4", lane: "Backup of databases", from: -38 * MINUTE, to: -22 * MINUTE, text: "Run 118", state: "done" },
    { id: "5", lane: "Backup of databases", from: -18 * MINUTE, to: -17 * MINUTE, text: "Run 119: no space left", state: "failed" },
    { id: "6", lane: "Backup of databases", from: -6 * MINUTE, text: "Run 120", state: "running" },
  ];
  const boards = { machine: { state: host.state, changes: host.changes }, programs: withoutNames(processes), jobs: { state: jobs, changes: steps } };
  writeFileSync(`${repository}webroot/demo/recording.json`, `${JSON.stringify({ milliseconds: SECONDS * 1_000, boards, events })}\n`);
} finally {
  await server.stop();
}
