package pulseboard.history;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it. */
final class TimeExpression {

    private static final Pattern RELATIVE = Pattern.compile("-(\\d{1,9})([smhdwy])");
    private static final Pattern UNIX_MILLISECONDS = Pattern.compile("\\d{1,15}");
    private static final Map<String, Long> MILLISECONDS = Map.of(
            "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 7 * 86_400_000L, "y", 365 * 86_400_000L);

    /** End of the year 9999. */
    private static final long LATEST = 253_402_300_799_999L;

    private TimeExpression() {}

    /**
     * Understands {@code now}, {@code -6h} and the like (s, m, h, d, w, y of 365 days), Unix milliseconds, and ISO 8601 with an
     * offset (<a href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339</a>); returns Unix milliseconds of the years 1970 to 9999.
     *
     * @param parameter its name, for the complaint
     * @throws QueryRefusal when it is none of these
     */
    static long parse(String parameter, String text, long now) {
        return Math.max(0, Math.min(LATEST, read(parameter, text, now)));
    }

    private static long read(String parameter, String text, long now) {
        Matcher relative = RELATIVE.matcher(text);
        if (text.equals("now")) {
            return now;
        }
        if (relative.matches()) {
            return Math.max(
                    0, now - Long.parseLong(relative.group(1)) * MILLISECONDS.getOrDefault(relative.group(2), 0L));
        }
        if (UNIX_MILLISECONDS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        try {
            // A plus sign that nobody encoded is a space by the time it comes here.
            return Math.max(
                    0, OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new QueryRefusal(
                    400,
                    parameter
                            + " must be now, relative such as -90s, -15m, -6h, -7d or -2y, Unix milliseconds, or a time such as "
                            + "2026-11-22T03:00:00Z");
        }
    }
}
