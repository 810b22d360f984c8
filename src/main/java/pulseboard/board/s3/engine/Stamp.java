package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether a file is still the same, without reading it.
 *
 * @param bytes its size
 * @param modifiedNanos when its content was changed, Unix time
 * @param changedNanos when anything of it was changed, which no program can set
 * @param inode its number in the file system
 */
record Stamp(long bytes, long modifiedNanos, long changedNanos, long inode) {

    private static final String ATTRIBUTES = "unix:size,lastModifiedTime,ctime,ino";

    /** That of a file as it is now. */
    static Stamp of(Path file) throws IOException {
        return of(Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
    }

    /** The same of attributes that were read. */
    static Stamp of(Map<String, Object> attributes) {
        return new Stamp(
                number(attributes, "size"),
                nanos(attributes, "lastModifiedTime"),
                nanos(attributes, "ctime"),
                number(attributes, "ino"));
    }

    private static long number(Map<String, Object> attributes, String name) {
        return (Long) Objects.requireNonNull(attributes.get(name));
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return ((FileTime) Objects.requireNonNull(attributes.get(name))).to(TimeUnit.NANOSECONDS);
    }

    /** As one line of text. */
    String text() {
        return bytes + " " + modifiedNanos + " " + changedNanos + " " + inode;
    }

    /** Reads what {@link #text()} wrote; null when it is none. */
    static @Nullable Stamp of(String text) {
        String[] parts = text.split(" ", -1);
        try {
            return parts.length == 4
                    ? new Stamp(
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            Long.parseLong(parts[3]))
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
