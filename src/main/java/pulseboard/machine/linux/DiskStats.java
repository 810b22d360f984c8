package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pulseboard.machine.DiskReading;
import pulseboard.machine.Reader;

/**
 * {@code /proc/diskstats}: the counters of whole block devices; partitions, devices that were never used and those whose
 * name matches the pattern to ignore are left out. Device-mapper devices go by the name that people gave them, and the
 * paths of a multipath NVMe disk, where only these count, by that of the disk. See
 * <a href="https://docs.kernel.org/admin-guide/iostats.html">the kernel's iostats documentation</a>.
 */
public final class DiskStats implements Reader<Map<String, DiskReading>> {

    private static final long SECTOR_BYTES = 512;
    private static final long NAMES_KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Subsystem, controller and name space of one path: the disk has the first and the last. */
    private static final Pattern NVME_PATH = Pattern.compile("(nvme\\d+)c\\d+(n\\d+)");

    private final DiskStatsLines lines;
    private final Folder blocks;
    private final Pattern ignore;
    private final LongSupplier nanoClock;
    private Map<String, Device> devices = new HashMap<>();
    private long namesUntilNanos;

    /** What is shown of a line: a name, empty for nothing, and up to how many operations it counted. */
    private record Device(String shown, long operations) {}

    /** Reads {@code diskstats} below a proc folder and looks devices up below a sys folder. */
    public DiskStats(Path proc, Path sys, Pattern ignore) {
        this(proc, sys, ignore, System::nanoTime);
    }

    DiskStats(Path proc, Path sys, Pattern ignore, LongSupplier nanoClock) {
        lines = new DiskStatsLines(new KernelFile(proc.resolve("diskstats")));
        blocks = Folder.of(sys).folder("block");
        this.ignore = ignore;
        this.nanoClock = nanoClock;
        namesUntilNanos = nanoClock.getAsLong();
    }

    @Override
    public Map<String, DiskReading> read() throws IOException {
        lines.read();
        // A volume may get another name, or its number go to another one.
        if (nanoClock.getAsLong() - namesUntilNanos >= 0) {
            namesUntilNanos = nanoClock.getAsLong() + NAMES_KEPT_NANOS;
            devices.clear();
        }
        Map<String, Device> next = new HashMap<>();
        Map<String, DiskReading> disks = readings(lines, (name, operations) -> {
            Device before = devices.get(name);
            String shown = before != null && before.operations() <= operations ? before.shown() : shownName(name);
            next.put(name, new Device(shown, operations));
            return shown;
        });
        devices = next;
        return disks;
    }

    /** The name to show; empty for what is not shown. */
    private String shownName(String name) {
        Folder device = blocks.folder(name.replace('/', '!'));
        if (ignore.matcher(name).matches() || !device.has("")) {
            return "";
        }
        Matcher path = NVME_PATH.matcher(name);
        if (path.matches()) {
            String disk = path.group(1) + path.group(2);
            return ignore.matcher(disk).matches() ? "" : disk;
        }
        String given = device.value("dm/name");
        return given.isEmpty() ? name : given;
    }

    /** Names a device by what the kernel calls it and how many operations it counted. */
    interface Naming {
        String shown(String name, long operations);
    }

    static Map<String, DiskReading> readings(DiskStatsLines lines, Naming naming) {
        Found found = new Found(new TreeMap<>(), new TreeMap<>());
        while (lines.next()) {
            long[] counters = lines.counters();
            String shown = naming.shown(lines.name(), Math.max(0, counters[0]) + Math.max(0, counters[4]));
            found.add(lines.name(), shown, counters);
        }
        // Newer kernels count for the disk as well as for each path.
        found.paths().forEach(found.disks()::putIfAbsent);
        return found.disks();
    }

    private record Found(Map<String, DiskReading> disks, Map<String, DiskReading> paths) {
        void add(String name, String shown, long[] counters) {
            boolean neverUsed = counters[0] == 0 && counters[4] == 0;
            if (shown.isEmpty() || neverUsed) {
                return;
            }
            if (NVME_PATH.matcher(name).matches()) {
                paths.merge(shown, reading(counters), DiskReading::plus);
            } else {
                // A volume may be called as a disk is.
                disks.put(disks.containsKey(shown) ? name : shown, reading(counters));
            }
        }
    }

    private static DiskReading reading(long[] counters) {
        return new DiskReading(
                counters[0],
                Numbers.times(counters[2], SECTOR_BYTES),
                counters[4],
                Numbers.times(counters[6], SECTOR_BYTES),
                counters[3] < 0 || counters[7] < 0 ? Numbers.UNKNOWN : counters[3] + counters[7],
                counters[9],
                counters[10]);
    }
}
