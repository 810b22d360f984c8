package pulseboard.machine.linux;

import java.util.Set;

/**
 * Types of filesystems that hold no files of people: one list for the board and for {@code /metrics}. What only one of both leaves out
 * stands by itself: {@code /metrics} has what Debian's node_exporter has, which dashboards and alerts count on.
 */
public final class FilesystemTypes {

    /** Neither shows them. */
    private static final Set<String> PSEUDO = Set.of(
            "autofs",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "devpts",
            "devtmpfs",
            "fusectl",
            "hugetlbfs",
            "iso9660",
            "mqueue",
            "nsfs",
            "proc",
            "pstore",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "squashfs",
            "sysfs",
            "tracefs");

    /** Further ones of the kernel and of desktops, and images that are full by nature. */
    private static final Set<String> NOT_ON_THE_BOARD = Set.of(
            "cramfs",
            "efivarfs",
            "erofs",
            "fuse.gvfsd-fuse",
            "fuse.lxcfs",
            "fuse.portal",
            "fuse.snapfuse",
            "ramfs",
            "romfs",
            "rootfs");

    /** The board shows one overlay, that at the root, which is the disk of a container. */
    private static final Set<String> NOT_IN_METRICS = Set.of("overlay", "procfs");

    private FilesystemTypes() {}

    /** Whether the board leaves this type out wherever it is mounted. */
    static boolean isLeftOutOnTheBoard(String type) {
        return PSEUDO.contains(type) || NOT_ON_THE_BOARD.contains(type);
    }

    /** Whether {@code /metrics} leaves this type out, as node_exporter does. */
    public static boolean isLeftOutOfMetrics(String type) {
        return PSEUDO.contains(type) || NOT_IN_METRICS.contains(type);
    }
}
