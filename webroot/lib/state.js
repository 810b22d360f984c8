/**
 * What the server sends, as types only. Every key may be absent: not available on this host, or not yet.
 *
 * @typedef {{ ok: boolean, ms?: number, source?: string, reason?: string }} SamplerMeta
 * @typedef {{ busyPercent?: number, userPercent?: number, systemPercent?: number, nicePercent?: number,
 *   ioWaitPercent?: number, stealPercent?: number, irqPercent?: number,
 *   cores?: Record<string, { busyPercent?: number }>, frequencyHertz?: number,
 *   load1?: number, load5?: number, load15?: number,
 *   contextSwitchesPerSecond?: number, interruptsPerSecond?: number }} Cpu
 * @typedef {{ totalBytes?: number, usedBytes?: number, usedPercent?: number,
 *   inBytesPerSecond?: number, outBytesPerSecond?: number }} Swap
 * @typedef {{ totalBytes?: number, usedBytes?: number, availableBytes?: number, cachedBytes?: number,
 *   buffersBytes?: number, usedPercent?: number, swap?: Swap }} Memory
 * @typedef {{ someAvg10Percent?: number, fullAvg10Percent?: number }} Pressure
 * @typedef {{ type?: string, device?: string, totalBytes?: number, usedBytes?: number, freeBytes?: number,
 *   usedPercent?: number, inodesUsedPercent?: number, forcedReadOnly?: boolean, unavailable?: string }} Filesystem
 * @typedef {{ readBytesPerSecond?: number, writtenBytesPerSecond?: number, readsPerSecond?: number,
 *   writesPerSecond?: number, busyPercent?: number, queueLength?: number,
 *   averageWaitMilliseconds?: number }} Disk
 * @typedef {{ up?: boolean, speedBitsPerSecond?: number, receivedBytesPerSecond?: number,
 *   sentBytesPerSecond?: number, receivedPacketsPerSecond?: number, sentPacketsPerSecond?: number,
 *   receiveErrorsPerSecond?: number, sendErrorsPerSecond?: number, receiveDropsPerSecond?: number,
 *   sendDropsPerSecond?: number }} NetworkInterface
 * @typedef {{ celsius?: number }} Temperature
 * @typedef {{ revolutionsPerMinute?: number }} Fan
 * @typedef {{ chargePercent?: number, status?: string }} Battery
 * @typedef {{ cpuLimitCores?: number, cpuUsedPercent?: number, memoryLimitBytes?: number,
 *   memoryUsedBytes?: number, memoryUsedPercent?: number }} Container
 *
 * @typedef {object} HostState
 * @property {Cpu} [cpu]
 * @property {Memory} [memory]
 * @property {Record<string, Pressure>} [pressure]
 * @property {Record<string, Filesystem>} [filesystems]
 * @property {Record<string, Disk>} [disks]
 * @property {{ receivedBytesPerSecond?: number, sentBytesPerSecond?: number, interfaces?: Record<string, NetworkInterface>, tcp?: Record<string, number> }} [network]
 * @property {{ temperatures?: Record<string, Temperature>, fans?: Record<string, Fan>,
 *   batteries?: Record<string, Battery> }} [sensors]
 * @property {{ count?: number, threadCount?: number, runningCount?: number }} [processes]
 * @property {Container} [container]
 * @property {Record<string, SamplerMeta>} [meta]
 *
 * @typedef {{ name?: string, user?: string, cpuPercent?: number, residentBytes?: number, state?: string,
 *   threadCount?: number, program?: string, unit?: string, container?: string, parent?: number,
 *   diskReadBytesPerSecond?: number, diskWrittenBytesPerSecond?: number, diskUnavailable?: string }} Process
 * @typedef {{ processes?: Record<string, Process>, meta?: Record<string, SamplerMeta> }} ProcessesState
 *
 * @typedef {object} HostFacts
 * @property {string} [name]
 * @property {Record<string, { ipv4?: string[], ipv6?: string[] }>} [addresses]
 * @property {{ family?: string, version?: string, kernel?: string, architecture?: string }} [os]
 * @property {{ model?: string, physicalCores?: number, logicalCores?: number }} [cpu]
 * @property {{ totalBytes?: number }} [memory]
 * @property {number} [bootedAt]
 * @property {string} [timeZone]
 * @property {string} [virtualization]
 * @property {string} [container]
 * @property {{ version?: string, vendor?: string }} [java]
 * @property {{ version?: string, startedAt?: number }} [pulseboard]
 */

export {};
