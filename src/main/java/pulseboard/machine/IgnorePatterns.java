package pulseboard.machine;

import java.util.regex.Pattern;

/**
 * What is left out, each matched against a whole name.
 *
 * @param interfaces names of network interfaces
 * @param disks names of block devices
 * @param filesystems paths of mounts
 */
public record IgnorePatterns(Pattern interfaces, Pattern disks, Pattern filesystems) {

    /** The same as text. */
    public static IgnorePatterns of(String interfaces, String disks, String filesystems) {
        return new IgnorePatterns(Pattern.compile(interfaces), Pattern.compile(disks), Pattern.compile(filesystems));
    }
}
