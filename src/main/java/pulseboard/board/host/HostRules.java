package pulseboard.board.host;

import java.util.List;
import pulseboard.feed.RuleInfo;

/** When something on this machine is not well. Each rule says why, and what to do. */
public final class HostRules {

    /** All, in no order: the worst is told first. */
    public static final List<RuleInfo> ALL = List.of(
            RuleInfo.of("filesystem-full", "filesystems.*.usedPercent", "{{key}} is {{value}} full")
                    .warns("above 85 for 1m clear 80")
                    .alarms("above 93 for 1m clear 91")
                    .measures(
                            "100 * (node_filesystem_size_bytes - node_filesystem_free_bytes)"
                                    + " / (node_filesystem_size_bytes - node_filesystem_free_bytes + node_filesystem_avail_bytes) by mountpoint")
                    .helps(
                            "Find what grows: du -xh --max-depth=1 PATH | sort -h. Programs fail in odd ways when nothing can be written."),
            RuleInfo.of("filesystem-full-soon", "filesystems.*.usedPercent", "{{key}} is full in about {{value}}")
                    .warns("reaches 100 within 24h")
                    .helps("It goes on as in the past hours. Find what grows: du -xh --max-depth=1 PATH | sort -h."),
            RuleInfo.of("inodes-used-up", "filesystems.*.inodesUsedPercent", "{{key}} has used {{value}} of its inodes")
                    .warns("above 85 for 1m clear 80")
                    .alarms("above 95 for 1m clear 93")
                    .measures("100 - 100 * node_filesystem_files_free / (node_filesystem_files > 0) by mountpoint")
                    .helps(
                            "There are too many small files; df -i shows it. Nothing can be made there when they are used up."),
            RuleInfo.of("mount-hangs", "filesystems.*.unavailable", "{{key}} does not answer")
                    .alarms("present for 20s")
                    .helps("Its server or disk does not answer. Programs that ask for a file there hang as well."),
            RuleInfo.of("read-only", "filesystems.*.forcedReadOnly", "{{key}} became read-only after an error")
                    .alarms("present")
                    .helps("The kernel found an error on it: see dmesg, save what is on it, and check the disk."),
            RuleInfo.of("memory-used-up", "memory.usedPercent", "memory is {{value}} used")
                    .warns("above 92 for 2m clear 88")
                    .alarms("above 97 for 1m clear 95")
                    .measures("100 - 100 * node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes")
                    .helps("Look at the processes by memory. When none is left the kernel ends one of them."),
            RuleInfo.of(
                            "container-memory",
                            "container.memoryUsedPercent",
                            "the container has used {{value}} of the memory that it may use")
                    .warns("above 90 for 2m clear 85")
                    .alarms("above 97 for 1m clear 95")
                    .blames("processes memory {{name}} ({{of}}) {{residentBytes}}")
                    .helps("When none is left the kernel ends one of its programs. Find what grows, or give it more."),
            RuleInfo.of(
                            "memory-short",
                            "memory.availableBytes",
                            "nearly no memory is available, and programs wait for it")
                    .dividedBy("memory.totalBytes")
                    .unless("pressure.memory.someAvg10Percent below 5")
                    .alarms("below 0.05 for 1m clear 0.08")
                    .blames("processes memory {{name}} ({{of}}) {{residentBytes}}")
                    .helps("When none is left the kernel ends a program. Look at the processes by memory."),
            RuleInfo.of("swap-used-up", "memory.swap.usedPercent", "swap is {{value}} used")
                    .warns("above 90 for 2m clear 80")
                    .measures("100 - 100 * node_memory_SwapFree_bytes / (node_memory_SwapTotal_bytes > 0)")
                    .helps("More is needed than there is memory, for a while already."),
            RuleInfo.of("swap-storm", "memory.swap.inBytesPerSecond", "memory is read back from swap all the time")
                    .warns("above 10000000 for 1m clear 1000000")
                    .measures("4096 * rate(node_vmstat_pswpin[1m])")
                    .helps("What runs needs more than fits: everything waits for the disk."),
            RuleInfo.of(
                            "memory-pressure",
                            "pressure.memory.fullAvg10Percent",
                            "everything waits for memory {{value}} of the time")
                    .warns("above 10 for 1m clear 5")
                    .alarms("above 40 for 1m clear 20")
                    .measures("100 * rate(node_pressure_memory_stalled_seconds_total[1m])")
                    .helps("Programs stand still while memory is found for them; look at the processes by memory."),
            RuleInfo.of(
                            "io-pressure",
                            "pressure.io.fullAvg10Percent",
                            "everything waits for disks {{value}} of the time")
                    .warns("above 40 for 2m clear 20")
                    .measures("100 * rate(node_pressure_io_stalled_seconds_total[1m])")
                    .helps("Look at the busiest disk, and at who reads and writes."),
            RuleInfo.of("cpu-saturated", "pressure.cpu.someAvg10Percent", "CPU saturated for {{for}}")
                    .warns("above 60 for 5m clear 40")
                    .blames("processes cpu {{name}} ({{of}}) {{cpuPercent}}")
                    .measures("100 * rate(node_pressure_cpu_waiting_seconds_total[1m])")
                    .helps("More wants to run than there are cores; look at the processes by CPU."),
            RuleInfo.of("load-per-core", "cpu.load5", "{{value}} programs for each core run or want to")
                    .dividedBy("cpu.cores")
                    .informs("above 4 for 10m clear 3")
                    .measures("node_load5 / count without (cpu, mode) (node_cpu_seconds_total{mode=\"idle\"})")
                    .helps("Load counts what waits for disks, too; what is felt is the pressure."),
            RuleInfo.of("disk-slow", "disks.*.averageWaitMilliseconds", "{{key}} answers after {{value}}")
                    .warns("above 200 for 2m clear 100")
                    .helps("It is overloaded, or it is failing: smartctl -a shows its errors."),
            RuleInfo.of(
                            "interface-receive-errors",
                            "network.interfaces.*.receiveErrorsPerSecond",
                            "{{key}} receives damaged packets")
                    .warns("above 1 for 1m clear 1")
                    .measures("rate(node_network_receive_errs_total[1m]) by device")
                    .helps("A cable, a plug or a setting of duplex, as a rule."),
            RuleInfo.of("interface-send-errors", "network.interfaces.*.sendErrorsPerSecond", "{{key}} cannot send")
                    .warns("above 1 for 1m clear 1")
                    .measures("rate(node_network_transmit_errs_total[1m]) by device")
                    .helps("The card or its driver has trouble: see dmesg."),
            RuleInfo.of("too-hot", "sensors.temperatures.*.celsius", "{{key}} has {{value}}")
                    .unless("criticalCelsius present")
                    .warns("above 85 for 1m clear 80")
                    .alarms("above 95 for 30s clear 90")
                    .measures("node_hwmon_temp_celsius by sensor")
                    .helps("Look at fans and dust. The machine slows down, then switches itself off."),
            RuleInfo.of(
                            "near-its-limit",
                            "sensors.temperatures.*.celsius",
                            "{{key}} has {{celsius}}, and its own limit is {{criticalCelsius}}")
                    .dividedBy("sensors.temperatures.*.criticalCelsius")
                    .measures("node_hwmon_temp_celsius / (node_hwmon_temp_crit_celsius > 40) by sensor")
                    .warns("above 0.9 for 1m clear 0.85")
                    .alarms("above 0.97 for 30s clear 0.92")
                    .helps(
                            "Its maker says that it must not get hotter. Look at fans and dust, or at what it is doing."),
            RuleInfo.of("rebooted", "boot.id", "the machine was started anew")
                    .warns("differs")
                    .helps("journalctl -b -1 -e shows how the run before ended."),
            RuleInfo.of("clock-not-kept", "clock.synchronized", "nothing keeps the clock right")
                    .warns("is false for 30m")
                    .helps(
                            "It drifts by seconds a day, and sign-ins, certificates and logs go wrong. timedatectl shows whether"
                                    + " a time service runs: systemd-timesyncd or chrony, say."),
            RuleInfo.of("clock-far-off", "clock.maximumErrorMilliseconds", "the clock may be wrong by {{value}}")
                    .warns("above 5000 for 10m clear 1000")
                    .measures("1000 * node_timex_maxerror_seconds")
                    .helps(
                            "The time server has not been reached for a while: timedatectl timesync-status or chronyc tracking."),
            RuleInfo.of("sampler-failing", "meta.*.failed", "{{key}} cannot be read any more")
                    .warns("is true for 1m")
                    .helps("meta on the board has the reason, and so has the log."),
            RuleInfo.of("battery-low", "sensors.batteries.*.chargePercent", "the battery {{key}} is at {{value}}")
                    .warns("below 20 for 30s clear 25")
                    .alarms("below 8 for 30s clear 12")
                    .helps(
                            "The machine will stop. If it is an uninterruptible supply, shut down what must not be cut off."));

    private HostRules() {}
}
