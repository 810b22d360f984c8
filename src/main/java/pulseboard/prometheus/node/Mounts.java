package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import pulseboard.machine.Mount;

/**
 * What is mounted as the first process sees it, because a service has a view of its own, all of it read-only. Left out are what
 * Debian's node_exporter leaves out, but for {@code /mnt} and {@code /media}, where people have disks.
 */
final class Mounts {

    static final Pattern PATHS_LEFT_OUT =
            Pattern.compile("^/(dev|proc|run|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)");
    private static final Set<String> TYPES_LEFT_OUT = Set.of(
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
            "overlay",
            "proc",
            "procfs",
            "pstore",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "squashfs",
            "sysfs",
            "tracefs");

    private static final int MOST_PATHS = 4096;

    private final KernelFile first;
    private final KernelFile own;
    private final Map<String, Boolean> leftOut = new HashMap<>();

    /** One mount. */
    static final class Mounted {
        private final String[] labels;
        private final boolean readOnly;

        private Mounted(String[] labels, boolean readOnly) {
            this.labels = labels;
            this.readOnly = readOnly;
        }

        /** Its device, fstype and mountpoint as node_exporter writes them: in a device nothing is unescaped, in a path blanks. */
        String[] labels() {
            return labels;
        }

        /** Whether nothing can be written to it. */
        boolean isReadOnly() {
            return readOnly;
        }
    }

    Mounts(Kernel kernel) {
        this.first = kernel.file("proc/1/mounts");
        this.own = kernel.file("proc/self/mounts");
    }

    /** Each mount, in the kernel's order; of two alike the first. */
    Map<Mount, Mounted> read() throws IOException {
        Words words = first.readIfThere();
        if (words == null) {
            words = own.read();
        }
        Map<Mount, Mounted> mounts = new LinkedHashMap<>();
        Automounts automounts = new Automounts();
        while (words.nextLine()) {
            words.next();
            String device = words.text();
            words.next();
            String path = words.text();
            words.next();
            String type = words.text();
            if (!words.next()) {
                continue;
            }
            if (type.equals("autofs")) {
                automounts.add(path, words.text());
                continue;
            }
            int idleSeconds = automounts.idleSeconds(path);
            String point = path.replace("\\040", " ").replace("\\011", "\t");
            if (!TYPES_LEFT_OUT.contains(type) && !isLeftOut(point)) {
                String[] labels = {"device", device, "fstype", type, "mountpoint", point};
                mounts.putIfAbsent(
                        new Mount(unescaped(path), type, device, Mount.Access.WRITABLE, idleSeconds),
                        new Mounted(labels, isReadOnly(words.text())));
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

    /** Since Linux 6.15 a filesystem that went read-only because of an error says so by {@code emergency_ro}, and not by {@code ro}. */
    private static boolean isReadOnly(String options) {
        List<String> each = List.of(options.split(",", -1));
        return each.contains("ro") || each.contains("emergency_ro");
    }

    /** The kernel writes blanks, line feeds and backslashes as three octal digits. */
    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            int octal = bytes[at] == '\\' && at + 3 < bytes.length ? octal(bytes, at + 1) : -1;
            bytes[length++] = octal < 0 ? bytes[at] : (byte) octal;
            at += octal < 0 ? 0 : 3;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int octal(byte[] bytes, int from) {
        int value = 0;
        for (int at = from; at < from + 3; at++) {
            int digit = bytes[at] - '0';
            value = digit < 0 || digit > 7 || value < 0 ? -1 : value * 8 + digit;
        }
        return value;
    }
}
