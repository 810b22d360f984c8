package pulseboard.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something begins by itself: {@code every 30m} (of s, m, h, d), counted from when it began last, or {@code at 02:30, 14:30
 * Europe/Berlin}, times of day in a zone, that of this machine where none is named. Empty: never.
 */
public final class Schedule {

    private static final Pattern EVERY = Pattern.compile("every\\s+(\\d{1,6})([smhd])");
    private static final Pattern AT =
            Pattern.compile("at\\s+(\\d{1,2}:\\d{2}(?:\\s*,\\s*\\d{1,2}:\\d{2})*)(?:\\s+(\\S+))?");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    private final Duration every;
    private final List<LocalTime> times;
    private final ZoneId zone;

    private Schedule(Duration every, List<LocalTime> times, ZoneId zone) {
        this.every = every;
        this.times = times;
        this.zone = zone;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what it must be
     */
    public static Schedule of(String text) {
        Matcher every = EVERY.matcher(text.strip());
        Matcher at = AT.matcher(text.strip());
        if (text.isBlank()) {
            return new Schedule(Duration.ZERO, List.of(), ZoneId.systemDefault());
        }
        if (every.matches()) {
            Duration span =
                    Objects.requireNonNull(UNITS.get(every.group(2))).multipliedBy(Long.parseLong(every.group(1)));
            if (!span.isZero()) {
                return new Schedule(span, List.of(), ZoneId.systemDefault());
            }
        } else if (at.matches()) {
            List<LocalTime> times = Arrays.stream(at.group(1).split(",", -1))
                    .map(time -> Timetable.time(time.strip()))
                    .sorted()
                    .toList();
            return new Schedule(Duration.ZERO, times, Timetable.zone(at.group(2) == null ? "" : at.group(2)));
        }
        throw new IllegalArgumentException("such as \"every 30m\" or \"at 02:30 Europe/Berlin\", not " + text);
    }

    /**
     * When it begins next; nothing: never.
     *
     * @param last when it began last; nothing: it never did, so that one that begins every so often is due
     */
    public Optional<Instant> next(Instant now, Optional<Instant> last) {
        if (!every.isZero()) {
            Instant due = last.map(begun -> begun.plus(every)).orElse(now);
            return Optional.of(due.isBefore(now) ? now : due);
        }
        ZonedDateTime here = now.atZone(zone);
        LocalDate today = here.toLocalDate();
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of(onOrAfter(today, now)
                        .orElseGet(() -> times.get(0)
                                .atDate(today.plusDays(1))
                                .atZone(zone)
                                .toInstant()));
    }

    /** Times that a change of clocks leaves out are moved by as much. */
    private Optional<Instant> onOrAfter(LocalDate day, Instant now) {
        return times.stream()
                .map(time -> time.atDate(day).atZone(zone).toInstant())
                .filter(moment -> moment.isAfter(now))
                .findFirst();
    }
}
