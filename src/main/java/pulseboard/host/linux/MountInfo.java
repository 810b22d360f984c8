package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pulseboard.host.Mount;
import pulseboard.host.Reader;

/**
 * {@code /proc/self/mountinfo}: the mounts that hold files of people. Left out are the kernel's own pseudo filesystems,
 * overlays (each shows its lower disk again) but for the root, what the pattern ignores, and every further mount of a
 * device that is there already: the one that shows the device's root, or else the one with the shortest path, stays. See
 * proc_pid_mountinfo(5).
 */
public final class MountInfo implements Reader<Collection<Mount>> {

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
            "efivarfs",
            "erofs",
            "fuse.gvfsd-fuse",
            "fuse.lxcfs",
            "fuse.portal",
            "fuse.snapfuse",
            "fusectl",
            "hugetlbfs",
            "mqueue",
            "nsfs",
            "proc",
            "pstore",
            "ramfs",
            "rootfs",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "squashfs",
            "sysfs",
            "tmpfs",
            "tracefs");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private final KernelFile file;
    private final Pattern ignore;

    /** Reads {@code self/mountinfo} below a proc folder; {@code ignore} is matched against mount paths. */
    public MountInfo(Path proc, Pattern ignore) {
        file = new KernelFile(proc.resolve("self/mountinfo"));
        this.ignore = ignore;
    }

    @Override
    public Collection<Mount> read() throws IOException {
        return parse(file.text(), ignore);
    }

    private record Line(String device, String root, Mount mount) {
        /** Whether this is a better picture of the device than another mount of it. */
        boolean isBetterThan(Line other) {
            boolean whole = root.equals("/");
            if (whole != other.root.equals("/")) {
                return whole;
            }
            return mount.path().length() < other.mount.path().length();
        }
    }

    static Collection<Mount> parse(String text, Pattern ignore) {
        Map<String, Line> byPath = new LinkedHashMap<>();
        // A later mount on the same path hides the earlier one.
        // Not lines(): the kernel leaves a carriage return in a name as it is.
        Arrays.stream(text.split("\n", -1))
                .map(MountInfo::parseLine)
                .flatMap(Optional::stream)
                .forEach(line -> byPath.put(line.mount().path(), line));
        Map<String, Line> byDevice = new LinkedHashMap<>();
        for (Line line : byPath.values()) {
            if (isShown(line, ignore)) {
                byDevice.merge(line.device(), line, (old, next) -> next.isBetterThan(old) ? next : old);
            }
        }
        Map<String, Mount> mounts = new TreeMap<>();
        byDevice.values().forEach(line -> mounts.put(line.mount().path(), line.mount()));
        return mounts.values();
    }

    private static boolean isShown(Line line, Pattern ignore) {
        Mount mount = line.mount();
        // Container engines bind single files of the host's disk over /etc/hosts and the like.
        boolean boundFile = mount.path().startsWith("/etc/") && !line.root().equals("/");
        boolean innerOverlay = mount.type().equals("overlay") && !mount.path().equals("/");
        return !PSEUDO.contains(mount.type())
                && !boundFile
                && !innerOverlay
                && !ignore.matcher(mount.path()).matches();
    }

    /** Nothing for a torn line: what is mounted may change between the parts in which the kernel hands the file out. */
    private static Optional<Line> parseLine(String line) {
        String[] halves = line.split(" - ", 2);
        String[] left = halves[0].split(" ", -1);
        String[] right = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
        if (left.length < 6 || right.length < 2) {
            return Optional.empty();
        }
        return Optional.of(
                new Line(left[2], unescape(left[3]), new Mount(unescape(left[4]), right[0], unescape(right[1]))));
    }

    /** The kernel writes space, tab, line feed and backslash as three octal digits. */
    private static String unescape(String text) {
        return OCTAL.matcher(text).replaceAll(match -> {
            char character = (char) Integer.parseInt(match.group(1), 8);
            return Matcher.quoteReplacement(String.valueOf(character));
        });
    }
}
