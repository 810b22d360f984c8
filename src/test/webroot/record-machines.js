// Records machines that are sick and machines that are not, for recorded-machines.test.js and RecordedMachinesTest: "node record-machines.js
// [PICTURES [NAME…]]", as root. Each is the real program in mounts and processes of its own, where something really is wrong: a filesystem
// fills, a mount hangs, a program leaks. Only what hardware would say comes from files in its place (sensors, a battery), and the CPU's figures
// where it is not the CPU that is sick: this machine has other things to do while it records.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connectionIs, newPage, newState, repository, run, startAgent, startBrowser } from "./browser/harness.js";

const FIXTURES = `${repository}src/test/resources/recorded/machines/`;
const LONGEST_MS = 150_000;
/** So that there is something in the charts. */
const LEAST_MS = 50_000;
const CORES = 2;
const PROGRAM = (process.env.SERVER_COMMAND ?? "java @src/main/packaging/jvm.options -jar target/pulseboard.jar").split(" ");

/** Shorter times than those that ship, or each would take minutes. */
const SOON = `rules:
  - {name: filesystem-full, warn: above 85 for 5s clear 80, alarm: above 93 for 5s clear 91}
  - {name: inodes-used-up, warn: above 85 for 5s clear 80, alarm: above 95 for 5s clear 93}
  - {name: mount-hangs, alarm: present for 5s}
  - {name: container-memory, warn: above 90 for 10s clear 85, alarm: above 97 for 5s clear 95}
  - {name: cpu-saturated, warn: above 60 for 20s clear 40}
  - {name: near-its-limit, warn: above 0.9 for 5s clear 0.85, alarm: above 0.97 for 5s clear 0.92}
  - {name: battery-low, warn: below 20 for 5s clear 25, alarm: below 8 for 5s clear 12}
  - {name: sampler-failing, warn: is true for 5s}
`;

/** A filesystem of its own at /srv. @param {number} mib @param {string} options */
const disk = (mib, options = "") => `truncate -s ${mib}M $F/disk; mkfs.ext4 -q -m 0 ${options} $F/disk; mount -o loop,errors=remount-ro $F/disk /srv`;
/** What hardware would say. @param {Record<string, string>} files below /sys/class */
const hardware = (files) => ["mkdir $F/class; cp -a /sys/class/. $F/class/ 2>/dev/null || true; rm -rf $F/class/power_supply $F/class/hwmon",
  ...Object.entries(files).map(([path, text]) => `mkdir -p $F/class/$(dirname ${path}); echo '${text}' >$F/class/${path}`), "mount --bind $F/class /sys/class"].join("\n");
const sensors = (/** @type {number} */ cpu, /** @type {number} */ nvme) => ({
  "hwmon/hwmon0/name": "coretemp", "hwmon/hwmon0/temp1_input": `${cpu}000`, "hwmon/hwmon0/temp1_label": "Package", "hwmon/hwmon0/temp1_crit": "100000", "hwmon/hwmon0/fan1_input": "940",
  "hwmon/hwmon1/name": "nvme", "hwmon/hwmon1/temp1_input": `${nvme}850`, "hwmon/hwmon1/temp1_label": "Composite", "hwmon/hwmon1/temp1_crit": "84850",
});
const battery = (/** @type {number} */ percent) => ({ "power_supply/ups/type": "Battery", "power_supply/ups/capacity": String(percent), "power_supply/ups/status": "Discharging" });
/** A program under a name of its own that takes memory until the container has so much of what it may use. @param {string} name @param {number} share */
const leak = (name, share) => `cp $(command -v perl) $F/${name}
$F/${name} -e '$|=1; sub used { open my $f, "<", "/sys/fs/cgroup/memory/$ARGV[0]/memory.usage_in_bytes"; <$f> } my @kept;
  while (1) { push @kept, "x" x 1_000_000 if used() < ${share} * 700 * 1048576; select undef, undef, undef, 0.05 }' $GROUP &`;
const cgroup = "echo 700M >/sys/fs/cgroup/memory/$GROUP/memory.limit_in_bytes; echo $$ >/sys/fs/cgroup/memory/$GROUP/cgroup.procs";
const pieces = (/** @type {number} */ count) => `i=0; while [ $i -lt ${count} ]; do head -c 1000000 /dev/zero >/srv/photo$i 2>/dev/null || true; i=$((i+1)); done`;

/**
 * @typedef {{ name: string, rule?: string, busy?: number, least?: number, sh?: string, agent?: "live" | "lost" }} Machine rule: what it is sick of; nothing for one that is well. busy: how
 *   busy its CPU is said to be; without it as it is
 * @type {Machine[]}
 */
const MACHINES = [
  { name: "disk-fills", rule: "filesystem-full", busy: 12, sh: `${disk(64)}; ${pieces(45)}\n(while :; do head -c 400000 /dev/zero >>/srv/camera.log 2>/dev/null; sleep 1; done) &` },
  { name: "no-inodes", rule: "inodes-used-up", busy: 9, sh: `${disk(32, "-N 256")}; i=0; while [ $i -lt 300 ]; do { true >/srv/session$i; } 2>/dev/null || break; i=$((i+1)); done` },
  { name: "mount-hangs", rule: "mount-hangs", busy: 7, sh: "exec 9<>/dev/fuse; mount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 nas:/backup /mnt" },
  { name: "disk-error", rule: "read-only", busy: 11, sh: `${disk(64)}; ${pieces(12)}\n(sleep 6; for f in /sys/fs/ext4/$(basename $(findmnt -no SOURCE /srv))/trigger_fs_error; do echo test >$f; done) &` },
  { name: "cpu-saturated", rule: "cpu-saturated", least: 110_000, sh: "cp $(command -v dash) $F/video-encoder; for n in 1 2 3 4; do $F/video-encoder -c 'while :; do :; done' & done" },
  { name: "memory-leak", rule: "container-memory", busy: 14, sh: `${cgroup}; ${leak("order-service", 0.985)}` },
  { name: "disk-hot", rule: "near-its-limit", busy: 22, sh: hardware(sensors(61, 83)) },
  { name: "power-lost", rule: "battery-low", busy: 6, sh: hardware({ ...sensors(47, 38), ...battery(7) }) },
  { name: "sampler-fails", rule: "sampler-failing", busy: 10, sh: "(sleep 12; truncate -s 0 $F/proc/cpu $F/proc/io $F/proc/memory) &" },
  { name: "machine-lost", rule: "machine-offline", busy: 8, agent: "lost" },
  { name: "idle", busy: 2 },
  { name: "busy", busy: 46, sh: "cp $(command -v dash) $F/renderer; $F/renderer -c 'while :; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sleep 0.1; done' &" },
  { name: "disk-well-used", busy: 15, sh: `${disk(64)}; ${pieces(44)}` },
  { name: "many-mounts", busy: 9, sh: `${disk(32)}; for n in 1 2 3 4 5 6; do mkdir /srv/vol$n; truncate -s 16M $F/v$n; mkfs.ext4 -q $F/v$n; mount -o loop $F/v$n /srv/vol$n; done` },
  { name: "warm", busy: 31, sh: hardware(sensors(72, 58)) },
  { name: "on-battery", busy: 5, sh: hardware({ ...sensors(44, 36), ...battery(64) }) },
  { name: "container", busy: 13, sh: `${cgroup}; ${leak("web-shop", 0.5)}` },
  { name: "mended", busy: 10, sh: `${disk(64)}; ${pieces(62)}\n(sleep 25; rm -f /srv/photo[1-5]*) &` },
  { name: "two-machines", busy: 8, agent: "live" },
  { name: "writing", busy: 24, sh: `${disk(128)}; (while :; do head -c 3000000 /dev/zero >/srv/log; sync /srv/log; sleep 0.5; done) &` },
];

/** The CPU's files in the kernel's form, so busy, each second: in place and always of one length, or a reader might find half a file. @param {string} folder @param {number} busy */
function replayCpu(folder, busy) {
  mkdirSync(`${folder}/proc`);
  const file = openSync(`${folder}/proc/stat`, "w");
  const share = busy / 100;
  const pressure = `some avg10=${(busy / 12).toFixed(2)} avg60=${(busy / 13).toFixed(2)} avg300=${(busy / 14).toFixed(2)} total=1000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n`;
  writeFileSync(`${folder}/proc/cpu`, pressure);
  writeFileSync(`${folder}/proc/io`, pressure.replace(/some avg10=[\d.]+/, "some avg10=0.40"));
  writeFileSync(`${folder}/proc/memory`, pressure.replace(/avg10=[\d.]+/g, "avg10=0.00"));
  writeFileSync(`${folder}/proc/loadavg`, `${(2 * share * 0.9).toFixed(2)} ${(2 * share * 0.8).toFixed(2)} ${(2 * share * 0.8).toFixed(2)} 1/180 4242\n`);
  let user = 200_000;
  let system = 60_000;
  let idle = 900_000;
  const begun = Date.now();
  let last = begun;
  const write = () => {
    const ticks = (Date.now() - last) / 10;
    last = Date.now();
    const now = share * (1 + 0.25 * Math.sin((last - begun) / 7_000));
    user += ticks * now * 0.75;
    system += ticks * now * 0.25;
    idle += ticks * (1 - now);
    const figures = (/** @type {number} */ times) => [user, 0, system, idle, 900, 0, 800, 0, 0, 0].map((each) => String(Math.round(each * times)).padStart(10, "0")).join(" ");
    const cores = Array.from({ length: CORES }, (_, core) => `cpu${core} ${figures(1)}`).join("\n");
    const text = `cpu  ${figures(CORES)}\n${cores}\nintr ${String(Math.round((last - begun) * 0.9) + 1e6).padStart(12, "0")} 0\nctxt ${String(Math.round((last - begun) * 2.1) + 1e6).padStart(12, "0")}\nbtime 1764400000\nprocesses 5000\nprocs_running 1\nprocs_blocked 0\n`;
    writeSync(file, text, 0);
  };
  write();
  const timer = setInterval(write, 200);
  return () => {
    clearInterval(timer);
    closeSync(file);
  };
}

/** @param {Machine} machine @param {import("playwright-core").Browser | undefined} browser @param {string} pictures */
async function record({ name, rule, busy, least = LEAST_MS, sh = "", agent }, browser, pictures) {
  const folder = mkdtempSync(join(tmpdir(), "pulseboard-machine-"));
  const group = `pulseboard-${process.pid}-${name}`;
  const state = newState();
  const ends = [];
  try {
    mkdirSync(`${folder}/alerts.d`);
    writeFileSync(`${folder}/alerts.d/soon.yaml`, SOON);
    mkdirSync(`/sys/fs/cgroup/memory/${group}`);
    if (busy !== undefined) ends.push(replayCpu(folder, busy));
    const replayed = busy === undefined ? "" : "mount --bind $F/proc/stat /proc/stat; mount --bind $F/proc/cpu /proc/pressure/cpu; mount --bind $F/proc/io /proc/pressure/io; mount --bind $F/proc/memory /proc/pressure/memory; mount --bind $F/proc/loadavg /proc/loadavg";
    const token = agent && run(state, ["token", "add", "web2", "--scope", "publish:web2"]).split("\n")[0];
    const script = `mount --make-rprivate /; hostname web1\nexport F=${folder} GROUP=${group}\n${sh}\n${replayed}\nexec "$@"`;
    const child = spawn("unshare", ["-mpuf", "--mount-proc", "--kill-child", "sh", "-ec", script, "sh", ...PROGRAM, "--port", "0"], {
      cwd: repository, stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, XDG_STATE_HOME: state, PULSEBOARD_ALERTS_FOLDER: `${folder}/alerts.d`, PULSEBOARD_HOST_FILESYSTEMS_INTERVAL_SECONDS: "1", PULSEBOARD_HOST_DEADLINE_MILLISECONDS: "500",
        PULSEBOARD_FLEET_ACCEPT: "true", PULSEBOARD_AUTH_FOLDER: join(state, "pulseboard") },
    });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    ends.push(async () => {
      child.kill("SIGKILL");
      await gone;
    });
    let url = "";
    for await (const line of createInterface({ input: child.stdout })) {
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? "";
      if (url) break;
    }
    if (!url) throw new Error(`${name}: the program ended`);
    child.stdout.resume();
    const get = async (/** @type {string} */ path) => (await fetch(`${url}/api/${path}`)).json();
    if (agent) {
      writeFileSync(`${folder}/token`, `${token}\n`, { mode: 0o600 });
      const stop = startAgent(`${url}/`, `${folder}/token`);
      if (agent === "live") ends.push(() => stop("SIGKILL"));
      else setTimeout(() => void stop("SIGKILL"), 20_000);
    }
    const begun = Date.now();
    const { page } = browser ? await newPage(browser, { viewport: { width: 1440, height: 1000 }, colorScheme: "light" }) : { page: undefined };
    await page?.goto(`${url}/`);
    for (;;) {
      const verdict = await get("health/verdict");
      const fits = rule ? verdict.parts.some((/** @type {any} */ part) => part.rule === rule && !/about/.test(part.state ?? "")) : verdict.level === "ok";
      if (fits && Date.now() - begun > least) break;
      if (Date.now() - begun > LONGEST_MS) throw new Error(`${name}: ${JSON.stringify(verdict)}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    if (page) {
      await connectionIs(page, "live");
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
      await page.close();
    }
    const boards = Object.fromEntries(await Promise.all(["host", "alerts", "boards"].map(async (board) => [board, (await get(`boards/${board}`)).state])));
    for (const part of ["rules", "problems", "engine"]) delete boards.alerts[part];
    for (const each of Object.values(boards.boards)) for (const part of ["rules", "values", "kept", "actions", "resources"]) delete each[part];
    delete boards.host.network;
    const text = JSON.stringify({ name, rule, verdict: boards.alerts.verdict.text, boards }).replaceAll(folder, "/tmp/machine");
    mkdirSync(FIXTURES, { recursive: true });
    writeFileSync(`${FIXTURES}${name}.json`, `${text}\n`);
    console.log(`${name}: ${boards.alerts.verdict.text} (${text.length} bytes)`);
  } finally {
    for (const end of ends.reverse()) await end();
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const path of [`/sys/fs/cgroup/memory/${group}`]) execFileSync("rmdir", [path], { stdio: "ignore" });
    rmSync(folder, { recursive: true, force: true });
  }
}

const [pictures = "", ...names] = process.argv.slice(2);
const browser = pictures ? await startBrowser() : undefined;
const waiting = MACHINES.filter(({ name }) => names.length === 0 || names.includes(name));
const worker = async () => {
  for (let machine = waiting.shift(); machine; machine = waiting.shift()) {
    try {
      await record(machine, browser, pictures);
    } catch (failure) {
      console.log(String(failure));
      process.exitCode = 1;
    }
  }
};
await Promise.all([worker(), worker(), worker()]);
await browser?.close();
