package pulseboard.board.host;

import java.util.List;
import pulseboard.feed.ValueInfo;

/** The figures of the host board that have a name, for badges and widgets. Each name is a promise: it stays. */
public final class HostValues {

    /** All, in the order in which they are offered. */
    public static final List<ValueInfo> ALL = List.of(
            ValueInfo.of("cpu", "percent", "cpu", "cpu.busyPercent").called("CPU"),
            ValueInfo.of("load", "number", "cpu", "cpu.load1"),
            ValueInfo.of("memory", "percent", "memory", "memory.usedPercent"),
            ValueInfo.of("swap", "percent", "memory", "memory.swap.usedPercent"),
            ValueInfo.of("disk", "percent", "filesystems", "filesystems.*.usedPercent"),
            ValueInfo.of("network", "bytesPerSecond", "network", "network.receivedBytesPerSecond")
                    .plus("network.sentBytesPerSecond"),
            ValueInfo.of("processes", "number", "processes", "processes.count"),
            ValueInfo.of("temperature", "celsius", "sensors", "sensors.temperatures.*.celsius"));

    /** Their names. */
    public static final List<String> NAMES = ALL.stream().map(ValueInfo::name).toList();

    private HostValues() {}
}
