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
                    .helps(
                            "Find what grows: du -xh --max-depth=1 PATH | sort -h. Programs fail in odd ways when nothing can be written."),
            RuleInfo.of("inodes-used-up", "filesystems.*.inodesUsedPercent", "{{key}} has used {{value}} of its inodes")
                    .warns("above 85 for 1m clear 80")
                    .alarms("above 95 for 1m clear 93")
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
                    .helps("Look at the processes by memory. When none is left the kernel ends one of them."),
            RuleInfo.of("swap-used-up", "memory.swap.usedPercent", "swap is {{value}} used")
                    .warns("above 90 for 2m clear 80")
                    .helps("More is needed than there is memory, for a while already."),
            RuleInfo.of("swap-storm", "memory.swap.inBytesPerSecond", "memory is read back from swap all the time")
                    .warns("above 10000000 for 1m clear 1000000")
                    .helps("What runs needs more than fits: everything waits for the disk."),
            RuleInfo.of(
                            "memory-pressure",
                            "pressure.memory.fullAvg10Percent",
                            "everything waits for memory {{value}} of the time")
                    .warns("above 10 for 1m clear 5")
                    .alarms("above 40 for 1m clear 20")
                    .helps("Programs stand still while memory is found for them; look at the processes by memory."),
            RuleInfo.of(
                            "io-pressure",
                            "pressure.io.fullAvg10Percent",
                            "everything waits for disks {{value}} of the time")
                    .warns("above 40 for 2m clear 20")
                    .helps("Look at the busiest disk, and at who reads and writes."),
            RuleInfo.of(
                            "cpu-saturated",
                            "pressure.cpu.someAvg10Percent",
                            "programs wait for the CPU {{value}} of the time")
                    .warns("above 60 for 5m clear 40")
                    .helps("More wants to run than there are cores; look at the processes by CPU."),
            RuleInfo.of("disk-slow", "disks.*.averageWaitMilliseconds", "{{key}} answers after {{value}}")
                    .warns("above 200 for 2m clear 100")
                    .helps("It is overloaded, or it is failing: smartctl -a shows its errors."),
            RuleInfo.of(
                            "interface-receive-errors",
                            "network.interfaces.*.receiveErrorsPerSecond",
                            "{{key}} receives damaged packets")
                    .warns("above 1 for 1m clear 1")
                    .helps("A cable, a plug or a setting of duplex, as a rule."),
            RuleInfo.of("interface-send-errors", "network.interfaces.*.sendErrorsPerSecond", "{{key}} cannot send")
                    .warns("above 1 for 1m clear 1")
                    .helps("The card or its driver has trouble: see dmesg."),
            RuleInfo.of("too-hot", "sensors.temperatures.*.celsius", "{{key}} has {{value}}")
                    .warns("above 85 for 1m clear 80")
                    .alarms("above 95 for 30s clear 90")
                    .helps("Look at fans and dust. The machine slows down, then switches itself off."),
            RuleInfo.of("battery-low", "sensors.batteries.*.chargePercent", "{{key}} is at {{value}}")
                    .warns("below 20 for 30s clear 25")
                    .alarms("below 8 for 30s clear 12")
                    .helps(
                            "The machine will stop. If it is an uninterruptible supply, shut down what must not be cut off."));

    private HostRules() {}
}
