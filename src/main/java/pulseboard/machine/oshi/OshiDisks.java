package pulseboard.machine.oshi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.FileSystem;
import oshi.software.os.OSFileStore;
import pulseboard.machine.DiskReading;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.IgnorePatterns;
import pulseboard.machine.Mount;
import pulseboard.machine.Reader;
import pulseboard.machine.ThrottledSource;
import pulseboard.machine.linux.MountInfo;

/** Disks and filesystems through OSHI: local ones, as it cannot leave a hung network mount behind. */
final class OshiDisks {

    private static final int LIST_SECONDS = 60;

    private final HardwareAbstractionLayer hardware;
    private final FileSystem filesystems;
    private final IgnorePatterns ignore;
    private volatile Map<String, OSFileStore> stores = Map.of();

    OshiDisks(HardwareAbstractionLayer hardware, FileSystem filesystems, IgnorePatterns ignore) {
        this.hardware = hardware;
        this.filesystems = filesystems;
        this.ignore = ignore;
    }

    Reader<Map<String, DiskReading>> disks() {
        Reader<List<HWDiskStore>> stores = new ThrottledSource<>(hardware::getDiskStores, LIST_SECONDS);
        // How many counters a disk has OSHI learns from this file; without it, it takes some for others (findings/).
        boolean readsDisks = !OshiSources.IS_LINUX || Files.isReadable(Path.of("/proc/diskstats"));
        return () -> {
            OshiSources.require(readsDisks, "disks");
            Map<String, DiskReading> disks = new TreeMap<>();
            for (HWDiskStore disk : stores.read()) {
                String name = disk.getName().substring(disk.getName().lastIndexOf('/') + 1);
                // As the kernel's files are read: one that was never used is not shown.
                if (!ignore.disks().matcher(name).matches()
                        && disk.updateAttributes()
                        && disk.getReads() + disk.getWrites() > 0) {
                    disks.put(shownName(name), reading(disk));
                }
            }
            return disks;
        };
    }

    /** Device-mapper devices go by the name that people gave them, as with the kernel's files; OSHI has their number. */
    private static String shownName(String name) throws IOException {
        Path given = Path.of("/sys/block", name, "dm/name");
        return name.startsWith("dm-") && Files.isReadable(given)
                ? Files.readString(given).strip()
                : name;
    }

    private static DiskReading reading(HWDiskStore disk) {
        return new DiskReading(
                disk.getReads(),
                disk.getReadBytes(),
                disk.getWrites(),
                disk.getWriteBytes(),
                -1,
                disk.getTransferTime(),
                -1);
    }

    Reader<Collection<Mount>> mounts() {
        return () -> {
            Map<String, OSFileStore> found = new TreeMap<>();
            Map<String, Mount> mounts = new TreeMap<>();
            for (OSFileStore store : filesystems.getFileStores(true)) {
                if (MountInfo.isFilledByPeople(store.getType(), store.getMount())
                        && !ignore.filesystems().matcher(store.getMount()).matches()) {
                    found.put(store.getMount(), store);
                    mounts.put(store.getMount(), new Mount(store.getMount(), store.getType(), store.getVolume()));
                }
            }
            stores = found;
            return mounts.values();
        };
    }

    /** What OSHI asked when it listed the mounts, a moment ago: it cannot ask one alone. */
    FilesystemReading usage(Mount mount) throws IOException {
        OSFileStore store = stores.get(mount.path());
        if (store == null) {
            throw new IOException("no longer mounted");
        }
        return new FilesystemReading(
                store.getTotalSpace(),
                store.getFreeSpace(),
                store.getUsableSpace(),
                Math.max(0, store.getTotalInodes()),
                store.getFreeInodes());
    }
}
