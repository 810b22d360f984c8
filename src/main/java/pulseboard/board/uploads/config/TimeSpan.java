package pulseboard.board.uploads.config;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** From one time of the day to another, which may be past midnight; the end is no part of it. */
public record TimeSpan(LocalTime from, LocalTime to) {

    /**
     * Reads one.
     *
     * @param text such as {@code 22:00-06:00}
     * @throws IllegalArgumentException when it is none; the message begins with the key
     */
    public static TimeSpan of(String key, String text) {
        String[] parts = text.split("-", -1);
        try {
            return new TimeSpan(LocalTime.parse(parts[0].strip()), LocalTime.parse(parts[1].strip()));
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(key + " must be times such as 22:00-06:00, not " + text, e);
        }
    }

    /** Whether a time is in it. */
    public boolean holds(LocalTime time) {
        boolean isAfter = !time.isBefore(from);
        boolean isBefore = time.isBefore(to);
        return from.isBefore(to) ? isAfter && isBefore : isAfter || isBefore;
    }

    /** Whether a time is in one of them; none: always. */
    public static boolean hold(List<String> spans, LocalTime time) {
        return spans.isEmpty()
                || spans.stream().anyMatch(span -> of("times", span).holds(time));
    }

    /** When the next of them begins; nothing when there is none, or one holds now. */
    public static Optional<ZonedDateTime> nextBegin(List<String> spans, ZonedDateTime now) {
        if (hold(spans, now.toLocalTime())) {
            return Optional.empty();
        }
        return spans.stream()
                .map(span -> now.with(of("times", span).from))
                .map(begin -> begin.isAfter(now) ? begin : begin.plusDays(1))
                .min(Comparator.naturalOrder());
    }
}
