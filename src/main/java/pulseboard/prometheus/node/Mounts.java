package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pulseboard.host.Mount;

/**
 * What is mounted as the first process sees it, because a service has a view of its own, all of it read-only. Left out are what
 * Debian's node_exporter leaves out, but for {@code /mnt} and {@code /media}, where people have disks.
 */
final class Mounts {

    static final Pattern PATHS_LEFT_OUT =
            Pattern.compile("^/(dev|proc|run|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)");
    private static final Pattern TYPES_LEFT_OUT = Pattern.compile(
            "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660"
                    + "|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs)$");

    private Mounts() {}

    /** Each mount, and whether it is read-only. */
    static Map<Mount, Boolean> read(Kernel kernel) throws IOException {
        Map<Mount, Boolean> mounts = new LinkedHashMap<>();
        for (String line : lines(kernel)) {
            String[] words = line.split(" ", -1);
            if (words.length > 3) {
                Mount mount = new Mount(unescaped(words[1]), words[2], unescaped(words[0]));
                if (!PATHS_LEFT_OUT.matcher(mount.path()).find()
                        && !TYPES_LEFT_OUT.matcher(mount.type()).find()) {
                    mounts.putIfAbsent(mount, List.of(words[3].split(",", -1)).contains("ro"));
                }
            }
        }
        return mounts;
    }

    private static List<String> lines(Kernel kernel) throws IOException {
        try {
            return kernel.lines("proc/1/mounts");
        } catch (IOException e) {
            return kernel.lines("proc/self/mounts");
        }
    }

    /** Of what the kernel escapes these two are found in practice. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ").replace("\\011", "\t");
    }
}
