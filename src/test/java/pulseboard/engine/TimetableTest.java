package pulseboard.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Times of day mean those of the zone that is named, also when its clocks change. */
class TimetableTest {

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @Test
    void limitOfTheLastTimeThatHasPassedHolds() {
        Timetable table = Timetable.of(List.of("8:00 2M", "18:00 off", "23:30 500k"), "Europe/Berlin");
        assertEquals(OptionalLong.of(500_000), table.at(at("2026-01-10T06:59:59Z")));
        assertEquals(OptionalLong.of(2_000_000), table.at(at("2026-01-10T07:00:00Z")));
        assertEquals(OptionalLong.of(0), table.at(at("2026-07-10T16:00:00Z")));
        assertEquals(OptionalLong.of(500_000), table.at(at("2026-07-10T21:30:00Z")));
        assertEquals(OptionalLong.empty(), Timetable.of(List.of(), "").at(at("2026-07-10T21:30:00Z")));
    }

    @Test
    void mistakesSayWhatIsExpected() {
        for (String line : List.of("8 2M", "08:00", "25:00 1", "08:00 fast", "08:00 -1")) {
            assertThrows(IllegalArgumentException.class, () -> Timetable.of(List.of(line), ""), line);
        }
        assertThrows(IllegalArgumentException.class, () -> Timetable.of(List.of(), "Berlin"));
    }

    @Test
    void everySoOftenIsCountedFromTheLastBeginning() {
        Schedule schedule = Schedule.of("every 30m");
        Instant now = at("2026-01-10T07:00:00Z");
        assertEquals(Optional.of(now), schedule.next(now, Optional.empty()));
        assertEquals(
                Optional.of(at("2026-01-10T07:20:00Z")), schedule.next(now, Optional.of(at("2026-01-10T06:50:00Z"))));
        assertEquals(Optional.of(now), schedule.next(now, Optional.of(at("2026-01-09T06:50:00Z"))));
    }

    @Test
    void timesOfDayComeOnceADay() {
        Schedule schedule = Schedule.of("at 02:30, 14:30 Europe/Berlin");
        assertEquals(at("2026-01-10T13:30:00Z"), next(schedule, "2026-01-10T01:30:00Z"));
        assertEquals(at("2026-01-11T01:30:00Z"), next(schedule, "2026-01-10T13:30:00Z"));
        // On this night clocks go from 2:00 to 3:00.
        assertEquals(at("2026-03-29T01:30:00Z"), next(schedule, "2026-03-29T00:59:00Z"));
        assertEquals(at("2026-03-29T12:30:00Z"), next(schedule, "2026-03-29T01:30:00Z"));
    }

    private static Instant next(Schedule schedule, String now) {
        return schedule.next(at(now), Optional.empty()).orElseThrow();
    }

    @Test
    void withoutAScheduleItNeverBegins() {
        assertTrue(Schedule.of("")
                .next(at("2026-03-29T01:30:00Z"), Optional.empty())
                .isEmpty());
        for (String text : List.of("every", "every 0m", "at 25:00", "daily", "at 02:30 Nowhere")) {
            assertThrows(IllegalArgumentException.class, () -> Schedule.of(text), text);
        }
    }
}
