package pulseboard.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What holds from which time of day on, each day: lines such as {@code 08:00 2M} (two million a second), {@code 18:00 off} (no
 * limit). Before the first time of a day the last one holds.
 */
public final class Timetable {

    private static final Pattern LINE = Pattern.compile("(\\d{1,2}:\\d{2})\\s+(\\S+)");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})([kMG]?)");
    private static final Map<String, Long> UNITS = Map.of("", 1L, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    private final TreeMap<LocalTime, Long> limits = new TreeMap<>();
    private final ZoneId zone;

    private Timetable(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Reads one.
     *
     * @param zone the name of a time zone; empty: that of this machine
     * @throws IllegalArgumentException with the line that cannot be read, and what it must be
     */
    public static Timetable of(List<String> lines, String zone) {
        Timetable made = new Timetable(zone(zone));
        for (String line : lines) {
            Matcher match = LINE.matcher(line.strip());
            if (!match.matches()) {
                throw new IllegalArgumentException(
                        "a time and a limit, such as \"08:00 2M\" or \"18:00 off\", not " + line);
            }
            made.limits.put(time(match.group(1)), amount(match.group(2)));
        }
        return made;
    }

    /** A zone by its name. */
    static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time zone such as Europe/Berlin, not " + name, e);
        }
    }

    /** A time of day, such as {@code 8:00}. */
    static LocalTime time(String text) {
        try {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time of day such as 08:00, not " + text, e);
        }
    }

    /** {@code 500k}, {@code 2M}, {@code 1G}: powers of 1,000; {@code off} and 0: no limit, which is 0. */
    public static long amount(String text) {
        Matcher match = AMOUNT.matcher(text);
        if (text.equals("off")) {
            return 0;
        }
        if (!match.matches()) {
            throw new IllegalArgumentException("a number with k, M or G, or off, not " + text);
        }
        return Math.multiplyExact(Long.parseLong(match.group(1)), Objects.requireNonNull(UNITS.get(match.group(2))));
    }

    /** The limit at this moment, 0 for none; nothing where the table is empty. */
    public OptionalLong at(Instant now) {
        if (limits.isEmpty()) {
            return OptionalLong.empty();
        }
        Map.Entry<LocalTime, Long> holds = limits.floorEntry(now.atZone(zone).toLocalTime());
        return OptionalLong.of(holds == null ? limits.lastEntry().getValue() : holds.getValue());
    }
}
