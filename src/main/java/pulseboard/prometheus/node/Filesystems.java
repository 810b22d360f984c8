package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import pulseboard.host.FilesystemReading;
import pulseboard.host.Fills;
import pulseboard.host.Mount;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How full each mounted filesystem is; one that does not answer only says so. */
final class Filesystems implements Collector {

    private final Kernel kernel;
    private final Fills fills;

    Filesystems(Kernel kernel, Fills.Usage usage, Executor threads, long deadlineMilliseconds) {
        this.kernel = kernel;
        this.fills = new Fills(usage, threads, deadlineMilliseconds);
    }

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public void collect(Families into) throws IOException {
        Map<Mount, Boolean> mounts = Mounts.read(kernel);
        fills.read(mounts.keySet()).forEach((mount, answer) -> {
            FilesystemReading fill = answer.reading();
            String[] labels = {"device", mount.device(), "fstype", mount.type(), "mountpoint", mount.path()};
            into.gauge("node_filesystem_device_error", "1 when a filesystem does not say how full it is.")
                    .add(fill == null ? 1 : 0, labels);
            if (fill != null) {
                add(into, fill, labels);
                into.gauge("node_filesystem_readonly", "1 when a filesystem is mounted read-only.")
                        .add(Boolean.TRUE.equals(mounts.get(mount)) ? 1 : 0, labels);
            }
        });
    }

    private static void add(Families into, FilesystemReading fill, String... labels) {
        into.gauge("node_filesystem_size_bytes", "Size of a filesystem, in bytes.")
                .add(fill.totalBytes(), labels);
        into.gauge("node_filesystem_free_bytes", "Free, the part for the administrator included, in bytes.")
                .add(fill.freeBytes(), labels);
        into.gauge("node_filesystem_avail_bytes", "Free to ordinary users, in bytes.")
                .add(fill.availableBytes(), labels);
        into.gauge("node_filesystem_files", "Files that a filesystem can hold.").add(fill.totalInodes(), labels);
        into.gauge("node_filesystem_files_free", "Files for which there is still room.")
                .add(fill.freeInodes(), labels);
    }
}
