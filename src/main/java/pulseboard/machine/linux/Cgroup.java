package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import pulseboard.machine.ContainerReading;
import pulseboard.machine.Reader;
import pulseboard.machine.ThrottledSource;

/**
 * The limits that this container is confined to: those of the control group that this program is in and of all groups above
 * it, of which the tightest counts. In a container with a name space of its own these end with the group at the root of the
 * mount. Limits of a service or of a user's session are left out: they confine this program, and not the machine that people
 * look at. The root group of a host has no limits at all
 * (<a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">version 2</a>,
 * <a href="https://docs.kernel.org/admin-guide/cgroup-v1/">version 1</a>).
 */
public final class Cgroup implements Reader<Optional<ContainerReading>> {

    /** Version 1 writes "no limit" as the largest number of whole pages. */
    private static final long NO_LIMIT = 1L << 60;

    private static final long NANOS_PER_MICROSECOND = 1000;
    private static final Pattern NO_CONTAINER = Pattern.compile("(.*/)?([^/]+\\.service|user(-\\d+)?\\.slice)");

    private final Folder self;
    private final Folder root;
    private final ThrottledSource<Limits> limits = new ThrottledSource<>(this::readLimits, 10);

    /** The tightest limits, 0 where there is none, each with the group that has it, as a path below the root. */
    private record Limits(boolean version2, double cores, String cpuGroup, long memoryBytes, String memoryGroup) {}

    /** Reads {@code self/cgroup} below a proc folder and {@code fs/cgroup} below a sys folder. */
    public Cgroup(Path proc, Path sys) {
        self = Folder.of(proc).folder("self");
        root = Folder.of(sys).folder("fs/cgroup");
    }

    /** Use is read only where there is a limit, and limits, which hardly ever change, are looked for every 10 s. */
    @Override
    public Optional<ContainerReading> read() throws IOException {
        Limits now = limits.read();
        if (now.cores() == 0 && now.memoryBytes() == 0) {
            return Optional.empty();
        }
        return Optional.of(now.version2() ? version2(now) : version1(now));
    }

    private Limits readLimits() {
        boolean version2 = root.has("cgroup.controllers");
        String memberships = self.value("cgroup");
        double cores = 0;
        String cpuGroup = "";
        for (String group : groups(memberships, version2 ? "" : "cpu")) {
            double limit = version2 ? cores2(group) : cores1(group);
            if (limit > 0 && (cores == 0 || limit < cores)) {
                cores = limit;
                cpuGroup = group;
            }
        }
        long bytes = 0;
        String memoryGroup = "";
        for (String group : groups(memberships, version2 ? "" : "memory")) {
            long limit = version2
                    ? folder("", group).count("memory.max")
                    : folder("memory", group).count("memory.limit_in_bytes");
            if (limit > 0 && limit < NO_LIMIT && (bytes == 0 || limit < bytes)) {
                bytes = limit;
                memoryGroup = group;
            }
        }
        return new Limits(version2, cores, cpuGroup, bytes, memoryGroup);
    }

    /** The groups of a controller, this program's own first, as paths below the root; the root itself is "". */
    private static List<String> groups(String memberships, String controller) {
        List<String> groups = new ArrayList<>();
        String path = ownGroup(memberships, controller);
        while (!path.isEmpty()) {
            if (!NO_CONTAINER.matcher(path).matches()) {
                groups.add(path);
            }
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        groups.add("");
        return groups;
    }

    /** Each line is {@code NUMBER:CONTROLLER,CONTROLLER:/PATH}; version 2 has no controllers. */
    private static String ownGroup(String memberships, String controller) {
        for (StringTokenizer lines = new StringTokenizer(memberships, "\n"); lines.hasMoreTokens(); ) {
            String[] parts = lines.nextToken().split(":", 3);
            // A path that leads out of this name space is that of a group which cannot be seen from here.
            if (parts.length == 3 && ("," + parts[1] + ",").contains("," + controller + ",") && !isOutside(parts[2])) {
                return withoutOuterSlashes(parts[2]);
            }
        }
        return "";
    }

    private static String withoutOuterSlashes(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return path.substring(from, to);
    }

    private static boolean isOutside(String path) {
        return (path + "/").contains("/../");
    }

    private Folder folder(String controller, String group) {
        Folder hierarchy = controller.isEmpty() ? root : root.folder(controller);
        return group.isEmpty() ? hierarchy : hierarchy.folder(group);
    }

    private double cores2(String group) {
        return parseCpuMax(folder("", group).value("cpu.max"));
    }

    private double cores1(String group) {
        Folder folder = folder("cpu", group);
        return share(folder.count("cpu.cfs_quota_us"), folder.count("cpu.cfs_period_us"));
    }

    private ContainerReading version2(Limits limits) {
        Folder memory = folder("", limits.memoryGroup());
        return new ContainerReading(
                limits.cores(),
                limits.cores() > 0 ? keyed(folder("", limits.cpuGroup()), "cpu.stat", "usage_usec") : 0,
                limits.memoryBytes(),
                limits.memoryBytes() > 0
                        ? used(memory.count("memory.current"), keyed(memory, "memory.stat", "inactive_file"))
                        : 0);
    }

    private ContainerReading version1(Limits limits) {
        Folder memory = folder("memory", limits.memoryGroup());
        return new ContainerReading(
                limits.cores(),
                limits.cores() > 0 ? cpuMicroseconds1(limits.cpuGroup()) : 0,
                limits.memoryBytes(),
                limits.memoryBytes() > 0
                        ? used(
                                memory.count("memory.usage_in_bytes"),
                                keyed(memory, "memory.stat", "total_inactive_file"))
                        : 0);
    }

    private long cpuMicroseconds1(String group) {
        long nanoseconds = folder("cpuacct", group).count("cpuacct.usage");
        return nanoseconds < 0 ? nanoseconds : nanoseconds / NANOS_PER_MICROSECOND;
    }

    private static long used(long bytes, long inactive) {
        return bytes < 0 ? bytes : Math.max(0, bytes - Math.max(0, inactive));
    }

    /** {@code QUOTA PERIOD} in microseconds; the quota is {@code max} when there is no limit. */
    static double parseCpuMax(String text) {
        Words words = Words.of(text);
        words.nextLine();
        return share(words.nextCount(), words.nextCount());
    }

    private static double share(long quota, long period) {
        return quota > 0 && period > 0 ? (double) quota / period : 0;
    }

    private static long keyed(Folder folder, String file, String key) {
        return folder.words(file).countsBehind(0, key)[0];
    }
}
