package pulseboard.prometheus.write;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Whether this machine's clock is good enough to stamp samples. One sample from a day ahead makes Prometheus refuse what every
 * other machine sends until that day has come, so nothing is sent before a server was asked, whose answer says what time it has.
 * Times are Unix milliseconds; nanoseconds are those of {@link System#nanoTime()}. Not thread-safe.
 */
final class ClockCheck {

    /** How far the clocks may be apart. Prometheus refuses what is an hour older than the newest that it has. */
    static final Duration MOST_APART = Duration.ofMinutes(10);

    /** No clock that is right is before this: the day on which this was written. */
    static final Instant WRITTEN = Instant.parse("2026-11-28T00:00:00Z");

    private boolean isGood;
    private long goodMilliseconds;
    private long goodNanos;

    /** Whether a server has said that the clock is right, and it has not been set or stood still since then. */
    boolean isGood(long nowMilliseconds, long nowNanos) {
        long byItself = goodMilliseconds + (nowNanos - goodNanos) / 1_000_000;
        return isGood && Math.abs(nowMilliseconds - byItself) < MOST_APART.toMillis();
    }

    /**
     * Takes in an answer.
     *
     * @param date the header of that name; a server that has none, or none that can be read, is taken to agree
     * @return what is wrong with the clock, for people; null when nothing is
     */
    @Nullable
    String heard(@Nullable String date, long nowMilliseconds, long nowNanos) {
        Instant now = Instant.ofEpochMilli(nowMilliseconds);
        Instant theirs = parse(date);
        String wrong = null;
        if (theirs != null && Duration.between(theirs, now).abs().compareTo(MOST_APART) > 0) {
            wrong = "this machine's clock says " + now.toString().substring(0, 16) + ", the server's "
                    + theirs.toString().substring(0, 16);
        } else if (theirs == null && now.isBefore(WRITTEN)) {
            wrong = "this machine's clock says " + now.toString().substring(0, 16) + ", before this program was made";
        }
        isGood = wrong == null;
        goodMilliseconds = nowMilliseconds;
        goodNanos = nowNanos;
        return wrong;
    }

    private static @Nullable Instant parse(@Nullable String date) {
        try {
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
