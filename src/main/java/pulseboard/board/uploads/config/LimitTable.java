package pulseboard.board.uploads.config;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Which limit holds from which number on: of seconds since midnight, or of streams. */
public final class LimitTable {

    private static final long NO_LIMIT = -1;

    private final TreeMap<Integer, Long> limits = new TreeMap<>();
    private final boolean isRound;

    private LimitTable(boolean isRound) {
        this.isRound = isRound;
    }

    /**
     * By times of the day; before the first of them the last one holds.
     *
     * @param entries such as {@code 08:00 10 MB} and {@code 23:00 off}
     * @throws IllegalArgumentException when one is none; the message begins with the key
     */
    public static LimitTable ofTimes(String key, List<String> entries) {
        LimitTable table = new LimitTable(true);
        for (String entry : entries) {
            try {
                table.add(key, entry, LocalTime.parse(first(entry)).toSecondOfDay());
            } catch (DateTimeException e) {
                throw wrong(key, entry, e);
            }
        }
        return table;
    }

    /** By numbers, such as {@code 1 50 MB}; below the first of them nothing holds. */
    public static LimitTable ofCounts(String key, List<String> entries) {
        LimitTable table = new LimitTable(false);
        for (String entry : entries) {
            try {
                table.add(key, entry, Integer.parseInt(first(entry)));
            } catch (NumberFormatException e) {
                throw wrong(key, entry, e);
            }
        }
        return table;
    }

    private static String first(String entry) {
        return entry.strip().split(" ", 2)[0];
    }

    private static IllegalArgumentException wrong(String key, String entry, Exception cause) {
        return new IllegalArgumentException(
                key + " must have entries such as 08:00 10 MB (for streams: 1 50 MB) or 23:00 off, not " + entry,
                cause);
    }

    private void add(String key, String entry, int from) {
        String[] parts = entry.strip().split(" ", 2);
        try {
            limits.put(from, parts[1].strip().equals("off") ? NO_LIMIT : ByteSize.of(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw wrong(key, entry, e);
        }
    }

    /** What holds at a number, in bytes a second; nothing: no limit. */
    public OptionalLong at(int number) {
        Map.Entry<Integer, Long> entry = limits.floorEntry(number);
        if (entry == null && isRound) {
            entry = limits.lastEntry();
        }
        return entry == null || entry.getValue() == NO_LIMIT ? OptionalLong.empty() : OptionalLong.of(entry.getValue());
    }

    /** What the last entry says. */
    public OptionalLong last() {
        return limits.isEmpty() ? OptionalLong.empty() : at(limits.lastKey());
    }

    /** Whether it has no entries. */
    public boolean isEmpty() {
        return limits.isEmpty();
    }
}
