package pulseboard.alert;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Times by the clock on the wall of a zone. Where that clock is put forward, a time that does not exist is the moment of the
 * change; where it is put back, a time that exists twice is the first for a beginning and the second for an end.
 */
interface Windows {

    /** What {@link #of} reads. */
    List<String> MEMBERS = List.of("days", "from", "to", "zone");

    /** When the window ends in which this time is, both in Unix milliseconds; empty when it is in none. */
    OptionalLong endOf(long time);

    /**
     * Reads {@code from} and {@code to} as times of day, with {@code days} and {@code zone}; or as two dates with times, which is
     * once.
     *
     * @throws IllegalArgumentException when that is no window
     */
    static Windows of(Section section) {
        ZoneId zone = zone(section);
        String from = section.text("from", "");
        String to = section.text("to", "");
        if (from.contains("T") || to.contains("T")) {
            if (section.has("days")) {
                throw section.mistake("days", "a window from one date to another has none");
            }
            return once(section, zone);
        }
        Weekly weekly = new Weekly(days(section), time(section, "from"), time(section, "to"), zone);
        if (weekly.from().equals(weekly.to()) && !to.equals("24:00")) {
            throw section.mistake("to", "is the same as from; a whole day is from: \"00:00\", to: \"24:00\"");
        }
        return weekly;
    }

    private static ZoneId zone(Section section) {
        try {
            return section.has("zone") ? ZoneId.of(section.text("zone", "")) : ZoneId.systemDefault();
        } catch (DateTimeException e) {
            throw section.mistake("zone", "expected one such as Europe/Berlin, not " + section.text("zone", ""));
        }
    }

    private static LocalTime time(Section section, String name) {
        String text = section.text(name, "");
        try {
            return text.equals("24:00") && name.equals("to") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw section.mistake(name, "expected a time such as \"22:00\", not \"" + text + "\"");
        }
    }

    private static Once once(Section section, ZoneId zone) {
        Once once = new Once(dateTime(section, "from"), dateTime(section, "to"), zone);
        if (!once.from().isBefore(once.to())) {
            throw section.mistake("to", "is not after from");
        }
        return once;
    }

    private static LocalDateTime dateTime(Section section, String name) {
        String text = section.text(name, "");
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw section.mistake(name, "expected a date and time such as 2026-12-24T18:00, not \"" + text + "\"");
        }
    }

    private static Set<DayOfWeek> days(Section section) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<String> names =
                Arrays.stream(DayOfWeek.values()).map(Windows::shortName).toList();
        for (String text : section.texts("days")) {
            String[] ends = text.split("-", 2);
            int first = names.indexOf(section.oneOf("days", ends[0], names));
            int last = names.indexOf(section.oneOf("days", ends[ends.length - 1], names));
            for (int day = first; day != last; day = (day + 1) % names.size()) {
                days.add(DayOfWeek.of(day + 1));
            }
            days.add(DayOfWeek.of(last + 1));
        }
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /** When it is that time on the wall for a beginning, or for an end. */
    private static long moment(LocalDateTime time, ZoneId zone, boolean isEnd) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            return Objects.requireNonNull(zone.getRules().getTransition(time))
                    .getInstant()
                    .toEpochMilli();
        }
        return time.toInstant(offsets.get(isEnd ? offsets.size() - 1 : 0)).toEpochMilli();
    }

    /**
     * On some days of each week.
     *
     * @param days on which it begins
     * @param from when it begins
     * @param to when it ends: on the next day unless that is later
     */
    record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) implements Windows {

        /** A week and one day: longer than that it is always. */
        private static final int MOST_JOINED = 8;

        @Override
        public OptionalLong endOf(long time) {
            OptionalLong end = endOfOne(time);
            OptionalLong joined = end;
            for (int i = 0; i < MOST_JOINED && joined.isPresent(); i++) { // One that begins as another ends goes on.
                end = joined;
                joined = endOfOne(end.getAsLong());
            }
            return end;
        }

        private OptionalLong endOfOne(long time) {
            LocalDate today = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
            for (int back = 0; back <= 2; back++) {
                LocalDate day = today.minusDays(back);
                long begin = moment(day.atTime(from), zone, false);
                long end = moment((to.isAfter(from) ? day : day.plusDays(1)).atTime(to), zone, true);
                if (days.contains(day.getDayOfWeek()) && begin <= time && time < end) {
                    return OptionalLong.of(end);
                }
            }
            return OptionalLong.empty();
        }
    }

    /** From one moment to another. */
    record Once(LocalDateTime from, LocalDateTime to, ZoneId zone) implements Windows {

        @Override
        public OptionalLong endOf(long time) {
            long end = moment(to, zone, true);
            return moment(from, zone, false) <= time && time < end ? OptionalLong.of(end) : OptionalLong.empty();
        }
    }
}
