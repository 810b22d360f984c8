package pulseboard.board.sync;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file that somebody asks for by {@code Range} (RFC 9110, section 14).
 *
 * @param from the first one
 * @param to the one after the last one
 */
record ByteRange(long from, long to) {

    /** One range; several at once are not served, and then the whole file is. */
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Of a file of so many bytes. Null where the range has none of them. */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header.replace(" ", ""));
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return new ByteRange(0, size);
        }
        boolean isFromEnd = one.group(1).isEmpty();
        long first = isFromEnd ? Math.max(0, size - Long.parseLong(one.group(2))) : Long.parseLong(one.group(1));
        boolean isToEnd = isFromEnd || one.group(2).isEmpty();
        long last = isToEnd ? size - 1 : Long.parseLong(one.group(2));
        if (!isToEnd && last < first) {
            return new ByteRange(0, size); // No range at all.
        }
        return first >= size ? null : new ByteRange(first, Math.min(size, last + 1));
    }

    long length() {
        return to - from;
    }

    /** As {@code Content-Range} has it. */
    String header(long size) {
        return "bytes " + from + "-" + (to - 1) + "/" + size;
    }
}
