package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.FilesystemProbe;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.Mount;
import pulseboard.machine.linux.FilesystemTypes;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.MountTable;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/**
 * How full each mounted filesystem is; one that does not answer only says so. Left out is what Debian's node_exporter leaves out, but
 * for {@code /mnt} and {@code /media}, where people have disks.
 */
final class FilesystemCollector implements Collector {

    static final Pattern PATHS_LEFT_OUT =
            Pattern.compile("^/(dev|proc|run|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)");

    private static final int MOST_PATHS = 4096;

    private final MountTable table;
    private final FilesystemProbe probe;
    private final Map<String, Boolean> leftOut = new HashMap<>();

    /**
     * One mount.
     *
     * @param labels its device, fstype and mountpoint as node_exporter writes them: in a device nothing is unescaped, in a path blanks
     * @param isReadOnly whether nothing can be written to it
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of them.
    private record Mounted(String[] labels, boolean isReadOnly) {}

    FilesystemCollector(Kernel kernel, FilesystemProbe.Usage usage, Executor threads, long deadlineMilliseconds) {
        this.table = new MountTable(kernel);
        this.probe = new FilesystemProbe(usage, threads, deadlineMilliseconds);
    }

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public void collect(Families into) throws IOException {
        Map<Mount, Mounted> mounted = mounted();
        probe.read(mounted.keySet()).forEach((mount, answer) -> {
            Mounted each = mounted.get(mount);
            if (each != null) {
                add(into, answer.reading(), each);
            }
        });
    }

    /** Each mount, in the kernel's order; of two alike the first. */
    private Map<Mount, Mounted> mounted() throws IOException {
        Map<Mount, Mounted> mounts = new LinkedHashMap<>();
        table.read();
        while (table.next()) {
            String type = table.type();
            String point = table.escapedPath().replace("\\040", " ").replace("\\011", "\t");
            if (!FilesystemTypes.isLeftOutOfMetrics(type) && !isLeftOut(point)) {
                String[] labels = {"device", table.device(), "fstype", type, "mountpoint", point};
                Mount mount = new Mount(table.path(), type, table.device(), Mount.Access.WRITABLE, table.idleSeconds());
                mounts.putIfAbsent(mount, new Mounted(labels, table.isReadOnly()));
            }
        }
        return mounts;
    }

    private boolean isLeftOut(String path) {
        Boolean known = leftOut.get(path);
        if (known == null) {
            if (leftOut.size() > MOST_PATHS) {
                leftOut.clear(); // Names come and go.
            }
            known = PATHS_LEFT_OUT.matcher(path).find();
            leftOut.put(path, known);
        }
        return known;
    }

    private static void add(Families into, @Nullable FilesystemReading fill, Mounted mount) {
        String[] labels = mount.labels();
        into.gauge("node_filesystem_device_error", "1 when a filesystem does not say how full it is.")
                .add(fill == null ? 1 : 0, labels);
        if (fill == null) {
            return;
        }
        into.gauge("node_filesystem_readonly", "1 when a filesystem is mounted read-only, or became so by an error.")
                .add(mount.isReadOnly() ? 1 : 0, labels);
        into.gauge("node_filesystem_size_bytes", "Size of a filesystem, in bytes.")
                .add(fill.totalBytes(), labels);
        into.gauge("node_filesystem_free_bytes", "Free, the part for the administrator included, in bytes.")
                .add(fill.freeBytes(), labels);
        into.gauge("node_filesystem_avail_bytes", "Free to ordinary users, in bytes.")
                .add(fill.availableBytes(), labels);
        into.gauge("node_filesystem_files", "Files that a filesystem can hold.")
                .add(unsigned(fill.totalInodes()), labels);
        into.gauge("node_filesystem_files_free", "Files for which there is still room.")
                .add(unsigned(fill.freeInodes()), labels);
    }

    /** The kernel counts in 64 bits without a sign: those without a limit say that it is 2^64-1. */
    private static double unsigned(long value) {
        return value >= 0 ? value : value + 0x1p64;
    }
}
