/** A machine with much of everything, some of it in trouble: what boards say of it. */

/** @template T @param {number} count @param {(index: number) => [string, T]} make @returns {Record<string, T>} */
const many = (count, make) => Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
const GIB = 2 ** 30;

const host = () => ({
  cpu: {
    busyPercent: 87, userPercent: 61, systemPercent: 18, ioWaitPercent: 8, stealPercent: 0, frequencyHertz: 2.6e9, load1: 92.1, load5: 71.2, load15: 40,
    contextSwitchesPerSecond: 91_000, interruptsPerSecond: 40_000, cores: many(64, (index) => [String(index), { busyPercent: (index * 37) % 101 }]),
  },
  memory: {
    totalBytes: 512 * GIB, usedBytes: 401 * GIB, usedPercent: 78, availableBytes: 111 * GIB, cachedBytes: 90 * GIB, buffersBytes: GIB,
    swap: { totalBytes: 64 * GIB, usedBytes: 50 * GIB, usedPercent: 78, inBytesPerSecond: 40_960, outBytesPerSecond: 1_024_000 },
  },
  pressure: { cpu: { someAvg10Percent: 41, fullAvg10Percent: 0 }, memory: { someAvg10Percent: 3, fullAvg10Percent: 1 }, io: { someAvg10Percent: 62, fullAvg10Percent: 44 } },
  network: {
    receivedBytesPerSecond: 1.2e8, sentBytesPerSecond: 3e7, tcp: { established: 4_012, listen: 60, timeWait: 812 },
    interfaces: {
      ...many(4, (index) => [`enp${65 + index}s0f0np${index}`, { up: true, speedBitsPerSecond: 25e9, receivedBytesPerSecond: 3e7 * (index + 1), sentBytesPerSecond: 1e7, receiveErrorsPerSecond: index === 3 ? 4 : 0 }]),
      ...many(24, (index) => [`br-${(0x9f3a71c2 + index).toString(16)}`, { up: true, receivedBytesPerSecond: 10, sentBytesPerSecond: 10 }]),
    },
  },
  disks: many(24, (index) => [`sd${String.fromCharCode(97 + index)}`, { readBytesPerSecond: 1e6 * index, writtenBytesPerSecond: 3e6, readsPerSecond: 120, writesPerSecond: 40, busyPercent: (index * 17) % 100, queueLength: 1.2, averageWaitMilliseconds: 4 }]),
  filesystems: {
    "/": { usedPercent: 61, totalBytes: 1e12, usedBytes: 6.1e11, freeBytes: 3.9e11, type: "ext4", device: "/dev/md0" },
    "/mnt/backup": { unavailable: "does not answer", type: "nfs4", device: "nas:/backup" },
    ...many(30, (index) => [`/srv/data-${index}`, { usedPercent: (index * 31) % 99, totalBytes: 8e12, usedBytes: 8e10 * ((index * 31) % 99), freeBytes: 1e12, type: "xfs", device: `/dev/mapper/vg${index}` }]),
  },
  sensors: { temperatures: many(16, (index) => [`Core ${index}`, { celsius: 60 + index }]), fans: many(6, (index) => [`Fan ${index}`, { revolutionsPerMinute: 3_000 + index * 100 }]), batteries: { UPS: { chargePercent: 97, status: "charging" } } },
  processes: { count: 1_812, threadCount: 9_120, runningCount: 61 },
});

const processes = () => ({ processes: many(40, (index) => [String(1_000 + index), { name: ["java", "postgres", "nginx", "qemu-system-x86"][index % 4], user: "app", cpuPercent: 340 - index * 8, residentBytes: 4e9 - index * 7e7, state: "sleeping", threadCount: 40 }]) });

/** @param {string} watch @param {string} level @param {string} text @param {string} [key] */
const alert = (watch, level, text, key) => ({ board: "host", rule: "r", section: watch.split(".")[0], watch, level, text, key, state: "firing", firingSince: 0 });

const alerts = () => ({
  verdict: { level: "critical", text: "/mnt/backup does not answer; CPU saturated for 9 min: java (nextcloud.service) 140 %; enp68s0f0np3 receives damaged packets.", since: 0 },
  alerts: {
    mount: alert("filesystems.*.unavailable", "critical", "/mnt/backup does not answer", "/mnt/backup"),
    cpu: alert("cpu.busyPercent", "warning", "CPU saturated for 9 min: java (nextcloud.service) 140 %"),
    link: alert("network.interfaces.*.receiveErrorsPerSecond", "warning", "enp68s0f0np3 receives damaged packets", "enp68s0f0np3"),
  },
});

/** All of it, anew each time, since tests change it. */
export const boards = () => ({ host: host(), processes: processes(), alerts: alerts(), boards: { host: { kind: "host" }, processes: { kind: "processes" }, alerts: { kind: "alerts" } } });

/** One with little of everything, and all of it well. */
export const smallMachine = () => ({
  host: {
    cpu: { busyPercent: 5, userPercent: 3, systemPercent: 2, ioWaitPercent: 0, stealPercent: 0, load1: 0.1, load5: 0.1, load15: 0.1, cores: many(2, (index) => [String(index), { busyPercent: 5 }]) },
    memory: { totalBytes: 2 * GIB, usedBytes: GIB, usedPercent: 50, availableBytes: GIB, cachedBytes: GIB / 4, buffersBytes: GIB / 8 },
    filesystems: { "/": { usedPercent: 61, totalBytes: 1e11, usedBytes: 6.1e10, freeBytes: 3.9e10, type: "ext4", device: "/dev/vda1" } },
    network: { receivedBytesPerSecond: 1e4, sentBytesPerSecond: 1e4, interfaces: { eth0: { up: true, receivedBytesPerSecond: 1e4, sentBytesPerSecond: 1e4 } }, tcp: { established: 3 } },
    processes: { count: 90, threadCount: 200, runningCount: 1 },
  },
  processes: { processes: many(5, (index) => [String(index + 1), { name: "sh", user: "root", cpuPercent: index, residentBytes: 2 ** 20, state: "sleeping", threadCount: 1 }]) },
  alerts: { verdict: { level: "ok", text: "All is well.", since: 1_700_000_000_000 }, alerts: {} },
  boards: { host: { kind: "host" }, processes: { kind: "processes" }, alerts: { kind: "alerts" } },
});
