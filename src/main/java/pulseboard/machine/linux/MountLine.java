package pulseboard.machine.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /proc/PID/mountinfo}. See proc_pid_mountinfo(5).
 *
 * @param id of the mount; negative where it cannot be read
 * @param parent the mount on which this one is; negative where it cannot be read
 * @param device major and minor number
 * @param root what of the filesystem is mounted
 * @param path where it is mounted
 * @param options of this mount
 * @param type of the filesystem
 * @param source what is mounted
 * @param filesystemOptions of the whole filesystem
 */
record MountLine(
        long id,
        long parent,
        String device,
        String root,
        String path,
        String options,
        String type,
        String source,
        String filesystemOptions) {

    /** All lines that can be understood. */
    static List<MountLine> parseAll(Words words) {
        List<MountLine> lines = new ArrayList<>();
        while (words.nextLine()) {
            MountLine line = parse(words);
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Null for a torn line: what is mounted may change between the parts in which the kernel hands the file out. */
    private static @Nullable MountLine parse(Words words) {
        words.nextField();
        long id = words.count();
        words.nextField();
        long parent = words.count();
        String device = nextText(words);
        String root = nextText(words);
        String path = nextText(words);
        String options = nextText(words);
        // Between the options and the dash there are marks of how mounts are propagated, or none.
        boolean more = words.nextField();
        while (more && !words.is("-")) {
            more = words.nextField();
        }
        String type = nextText(words);
        boolean isWhole = more && words.nextField();
        String source = words.text();
        return isWhole
                ? new MountLine(
                        id,
                        parent,
                        device,
                        Unescaper.unescape(root),
                        Unescaper.unescape(path),
                        options,
                        type,
                        Unescaper.unescape(source),
                        nextText(words))
                : null;
    }

    private static String nextText(Words words) {
        words.nextField();
        return words.text();
    }

    /** Of two mounts of a device the better picture of it. */
    MountLine better(MountLine other) {
        boolean whole = root.equals("/");
        if (whole != other.root.equals("/")) {
            return whole ? this : other;
        }
        if (path.length() != other.path.length()) {
            return path.length() < other.path.length() ? this : other;
        }
        return path.compareTo(other.path) <= 0 ? this : other;
    }

    /** Whether this mount, if not its filesystem, is for writing. */
    boolean isMountWritable() {
        return MountOptions.has(options, "rw");
    }

    /** Whether nobody can write to the filesystem. */
    boolean isFilesystemReadOnly() {
        return MountOptions.isReadOnly(filesystemOptions);
    }

    /** Whether the kernel reports, as it does from Linux 6.15 on, that it found an error. */
    boolean hadError() {
        return MountOptions.hadError(filesystemOptions);
    }

    /** After how many seconds an automounter unmounts what is not used; 0 for never and for other types. */
    int automountSeconds() {
        return type.equals("autofs") ? MountOptions.timeoutSeconds(filesystemOptions) : 0;
    }
}
