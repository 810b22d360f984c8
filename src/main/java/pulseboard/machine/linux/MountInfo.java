package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.Mount;
import pulseboard.machine.Reader;

/**
 * {@code /proc/self/mountinfo}: the mounts that hold files of people. Left out are the kernel's own pseudo filesystems,
 * overlays (each shows its lower disk again) but for the root, memory that people do not fill, images that are full by nature,
 * what the pattern ignores, what another mount covers, and every further mount of a device that is there already: the one that
 * shows the device's root, or else the one with the shortest path, stays. See proc_pid_mountinfo(5).
 */
public final class MountInfo implements Reader<Collection<Mount>> {

    /** Where programs and people put files into memory; the others are the system's own. */
    private static final Set<String> FILLED_TMPFS = Set.of("/tmp", "/var/tmp", "/dev/shm", "/run");

    private final KernelFile file;
    private final KernelFile firstProcess;
    private final Pattern ignore;

    /** Reads {@code self/mountinfo} below a proc folder; {@code ignore} is matched against mount paths. */
    public MountInfo(Path proc, Pattern ignore) {
        file = new KernelFile(proc.resolve("self/mountinfo"));
        firstProcess = new KernelFile(proc.resolve("1/mountinfo"));
        this.ignore = ignore;
    }

    @Override
    public Collection<Mount> read() throws IOException {
        return parse(file.read(), firstProcess::readOrWait, ignore);
    }

    /**
     * Parses the file.
     *
     * @param firstProcess the same file of the first process, asked for only where it matters
     */
    static Collection<Mount> parse(Words text, Supplier<@Nullable Words> firstProcess, Pattern ignore) {
        List<MountLine> lines = MountLine.parseAll(text);
        MountTree tree = new MountTree(lines);
        Map<String, MountLine> byPath = new HashMap<>();
        // Where the tree does not show it, a later mount on the same path hides the earlier one.
        for (MountLine line : lines) {
            if (isShown(line, ignore) && !tree.isCovered(line)) {
                byPath.put(line.path(), line);
            }
        }
        Map<String, MountLine> byDevice = new HashMap<>();
        byPath.values().forEach(line -> byDevice.merge(line.device(), line, MountLine::better));
        Access access = new Access(lines, firstProcess);
        Map<String, Mount> mounts = new TreeMap<>();
        byDevice.values()
                .forEach(line -> mounts.put(
                        line.path(),
                        new Mount(line.path(), line.type(), line.source(), access.of(line), tree.idleSeconds(line))));
        return mounts.values();
    }

    private static boolean isShown(MountLine line, Pattern ignore) {
        String path = line.path();
        // Container engines bind single files of the host's disk over /etc/hosts and the like.
        boolean boundFile = path.startsWith("/etc/") && !line.root().equals("/");
        return isFilledByPeople(line.type(), path)
                && !boundFile
                && !ignore.matcher(path).matches();
    }

    /** Whether people put files there: not what the kernel shows as files, nor what is full by its nature or in memory. */
    public static boolean isFilledByPeople(String type, String path) {
        boolean innerOverlay = type.equals("overlay") && !path.equals("/");
        boolean systemMemory = type.equals("tmpfs") && !FILLED_TMPFS.contains(path);
        return !FilesystemTypes.isLeftOutOnTheBoard(type) && !innerOverlay && !systemMemory;
    }

    /**
     * Distinguishes a filesystem that was mounted read-only from one that the kernel has made so. A service may see every mount
     * read-only, whatever it was mounted for: then how the first process sees it counts.
     */
    private static final class Access {
        private final List<MountLine> lines;
        private final Supplier<@Nullable Words> firstProcess;

        Access(List<MountLine> lines, Supplier<@Nullable Words> firstProcess) {
            this.lines = lines;
            this.firstProcess = firstProcess;
        }

        Mount.Access of(MountLine line) {
            if (!line.isFilesystemReadOnly()) {
                return Mount.Access.WRITABLE;
            }
            boolean ofDisk = !line.type().equals("overlay") && !line.type().startsWith("fuse.");
            return ofDisk && (line.hadError() || isWritable(lines, line) || isWritable(ofFirstProcess(), line))
                    ? Mount.Access.FORCED_READ_ONLY
                    : Mount.Access.READ_ONLY;
        }

        private List<MountLine> ofFirstProcess() {
            Words text = firstProcess.get();
            return text == null ? List.of() : MountLine.parseAll(text);
        }

        private static boolean isWritable(List<MountLine> all, MountLine line) {
            return all.stream().anyMatch(other -> other.device().equals(line.device()) && other.isMountWritable());
        }
    }
}
