package pulseboard.machine.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final Pattern TIMEOUT = Pattern.compile("(?:^|,)timeout=(\\d{1,9})(?:,|$)");

    /** All lines that can be understood. */
    static List<MountLine> parseAll(String text) {
        List<MountLine> lines = new ArrayList<>();
        // Not lines(): the kernel leaves a carriage return in a name as it is.
        for (StringTokenizer all = new StringTokenizer(text, "\n"); all.hasMoreTokens(); ) {
            parse(all.nextToken()).ifPresent(lines::add);
        }
        return lines;
    }

    /** Nothing for a torn line: what is mounted may change between the parts in which the kernel hands the file out. */
    private static Optional<MountLine> parse(String line) {
        String[] halves = line.split(" - ", 2);
        String[] left = halves[0].split(" ", -1);
        String[] right = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
        if (left.length < 6 || right.length < 2) {
            return Optional.empty();
        }
        return Optional.of(new MountLine(
                Numbers.count(left[0]),
                Numbers.count(left[1]),
                left[2],
                unescape(left[3]),
                unescape(left[4]),
                left[5],
                right[0],
                unescape(right[1]),
                right.length < 3 ? "" : right[2]));
    }

    /** The kernel writes space, tab, line feed and backslash as three octal digits. */
    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        return OCTAL.matcher(text).replaceAll(match -> {
            char character = (char) Integer.parseInt(match.group(1), 8);
            return Matcher.quoteReplacement(String.valueOf(character));
        });
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
        return has(options, "rw");
    }

    /** Whether nobody can write to the filesystem. */
    boolean isFilesystemReadOnly() {
        return has(filesystemOptions, "ro") || hadError();
    }

    /** Whether the kernel tells, as it does from Linux 6.15 on, that it found an error. */
    boolean hadError() {
        return has(filesystemOptions, "emergency_ro");
    }

    /** After how many seconds an automounter unmounts what is not used; 0 for never and for other types. */
    int automountSeconds() {
        Matcher timeout = TIMEOUT.matcher(filesystemOptions);
        return type.equals("autofs") && timeout.find() ? Integer.parseInt(timeout.group(1)) : 0;
    }

    private static boolean has(String options, String option) {
        return ("," + options + ",").contains("," + option + ",");
    }
}
