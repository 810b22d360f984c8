package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.FilesystemProbe;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.Mount;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How full each mounted filesystem is; one that does not answer only says so. */
final class Filesystems implements Collector {

    private final Mounts mounts;
    private final FilesystemProbe probe;

    Filesystems(Kernel kernel, FilesystemProbe.Usage usage, Executor threads, long deadlineMilliseconds) {
        this.mounts = new Mounts(kernel);
        this.probe = new FilesystemProbe(usage, threads, deadlineMilliseconds);
    }

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public void collect(Families into) throws IOException {
        Map<Mount, Mounts.Mounted> mounted = mounts.read();
        probe.read(mounted.keySet()).forEach((mount, answer) -> {
            Mounts.Mounted each = mounted.get(mount);
            if (each != null) {
                add(into, answer.reading(), each);
            }
        });
    }

    private static void add(Families into, @Nullable FilesystemReading fill, Mounts.Mounted mount) {
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
