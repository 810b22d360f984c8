package pulseboard.prometheus.node;

import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/**
 * Disks that are reached by several paths (device-mapper multipath), and how many of the paths are fit for use. Named as in
 * node_exporter 1.12, where it is off by default; here it costs nothing where there is no such disk.
 */
final class DmmultipathCollector implements Collector {

    private static final double SECTOR_BYTES = 512;
    private static final String DISKS = "sys/block";

    private final Kernel kernel;

    DmmultipathCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "dmmultipath";
    }

    @Override
    public void collect(Families into) {
        for (Folder disk : kernel.folders(DISKS, "dm-", true)) {
            Folder mapper = disk.folder("dm");
            String uuid = mapper.value("uuid");
            if (uuid.startsWith("mpath-")) {
                collect(disk, uuid, into);
            }
        }
    }

    private void collect(Folder disk, String uuid, Families into) {
        Folder mapper = disk.folder("dm");
        String name = mapper.value("name");
        String[] labels = {"device", name, "sysfs_name", disk.name()};
        into.gauge("node_dmmultipath_device_info", "The names of a disk that is reached by several paths.")
                .add(1, "device", name, "sysfs_name", disk.name(), "uuid", uuid);
        into.gauge("node_dmmultipath_device_active", "1 when such a disk works, 0 when it is suspended.")
                .add(1 - mapper.number("suspended"), labels);
        into.gauge("node_dmmultipath_device_size_bytes", "Size of such a disk, in bytes.")
                .add(disk.number("size") * SECTOR_BYTES, labels);
        String[] paths = disk.folder("slaves").list();
        int active = 0;
        int failed = 0;
        for (String path : paths) {
            String state = kernel.folder(DISKS, path).folder("device").value("state");
            boolean isActive = state.equals("running") || state.equals("live"); // Of SCSI, of NVMe.
            active += isActive ? 1 : 0;
            failed += isActive || state.isEmpty() ? 0 : 1;
            if (!state.isEmpty()) {
                into.gauge("node_dmmultipath_path_state", "The state that a path's own driver tells.")
                        .add(1, "device", name, "path", path, "state", state);
            }
        }
        into.gauge("node_dmmultipath_device_paths", "Paths to such a disk.").add(paths.length, labels);
        into.gauge("node_dmmultipath_device_paths_active", "Paths that are fit for use.")
                .add(active, labels);
        into.gauge("node_dmmultipath_device_paths_failed", "Paths that are not.")
                .add(failed, labels);
    }
}
