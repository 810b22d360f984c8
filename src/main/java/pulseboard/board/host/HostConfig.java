package pulseboard.board.host;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import pulseboard.machine.IgnorePatterns;

/**
 * Settings of the host boards.
 *
 * @param source where figures come from: {@link #AUTO}, {@link #OSHI} or {@link #KERNEL}
 * @param intervalMilliseconds time from one sample to the next, 250 to 60000
 * @param filesystemsIntervalSeconds time from one look at the filesystems to the next, 1 to 3600
 * @param deadlineMilliseconds how long a sampler may take before it counts as hanging, 100 to 10000
 * @param topProcesses how many processes the process board shows by CPU and by memory, 1 to 100
 * @param ignoreInterfaces regular expression of network interfaces that are left out
 * @param ignoreDisks regular expression of block devices that are left out
 * @param ignoreFilesystems regular expression of mount paths that are left out
 * @param ignoreSensors regular expression of labels of temperatures, fans and batteries that are left out
 */
public record HostConfig(
        String source,
        int intervalMilliseconds,
        int filesystemsIntervalSeconds,
        int deadlineMilliseconds,
        int topProcesses,
        String ignoreInterfaces,
        String ignoreDisks,
        String ignoreFilesystems,
        String ignoreSensors) {

    /** From the kernel's files on Linux, and from OSHI where these fail and on other systems. */
    public static final String AUTO = "auto";

    /** All through OSHI. */
    public static final String OSHI = "oshi";

    /** From the kernel's files and nowhere else; on Linux only. */
    public static final String KERNEL = "kernel";

    /** The shortest time from one sample to the next. */
    public static final int LEAST_INTERVAL_MILLISECONDS = 250;

    /** What is used unless somebody says otherwise. */
    public static final HostConfig DEFAULT = new HostConfig(
            AUTO,
            1000,
            10,
            1000,
            15,
            "lo|veth.*|ifb.*",
            "(loop|ram|zram|fd|sr|nbd)\\d+",
            "/boot/efi|/snap/.*|/init|/usr/lib/wsl/.*|/mnt/wsl/docker-desktop.*",
            "");

    /** What the sources leave out. */
    public IgnorePatterns ignorePatterns() {
        return IgnorePatterns.of(ignoreInterfaces, ignoreDisks, ignoreFilesystems);
    }

    /** Checks every value. */
    public HostConfig {
        if (!List.of(AUTO, OSHI, KERNEL).contains(source)) {
            throw new IllegalArgumentException("host.source must be auto, oshi or kernel, not " + source);
        }
        requireRange("host.intervalMilliseconds", intervalMilliseconds, LEAST_INTERVAL_MILLISECONDS, 60_000);
        requireRange("host.filesystemsIntervalSeconds", filesystemsIntervalSeconds, 1, 3600);
        requireRange("host.deadlineMilliseconds", deadlineMilliseconds, 100, 10_000);
        requireRange("host.topProcesses", topProcesses, 1, 100);
        requirePattern("host.ignoreInterfaces", ignoreInterfaces);
        requirePattern("host.ignoreDisks", ignoreDisks);
        requirePattern("host.ignoreFilesystems", ignoreFilesystems);
        requirePattern("host.ignoreSensors", ignoreSensors);
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    private static void requirePattern(String key, String expression) {
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    key + " must be a regular expression, and this is none: " + e.getDescription(), e);
        }
    }
}
