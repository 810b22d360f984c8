package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaWindowTest {

    private static final long START = Instant.parse("2026-03-28T22:30:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;

    @Test
    void fixedEndsADayAfterItsFirstByteToTheMillisecond() {
        QuotaWindow window = QuotaWindow.of("fixed", ZoneId.of("UTC"));
        window.add(START, 10);
        window.add(START + 23 * HOUR, 5);
        assertEquals(15, window.used(START + 24 * HOUR - 1));
        assertEquals(OptionalLong.of(START + 24 * HOUR), window.givesBackAt(START, 1));
        assertEquals(0, window.used(START + 24 * HOUR));
        assertEquals(OptionalLong.empty(), window.startedAt(START + 24 * HOUR));
        window.add(START + 30 * HOUR, 7);
        assertEquals(OptionalLong.of(START + 30 * HOUR), window.startedAt(START + 31 * HOUR));
    }

    @Test
    void rollingGivesBackPieceByPiece() {
        QuotaWindow window = QuotaWindow.of("rolling", ZoneId.of("UTC"));
        window.add(START, 10);
        window.add(START + HOUR, 5);
        assertEquals(15, window.used(START + 24 * HOUR));
        assertEquals(5, window.used(START + 24 * HOUR + 60_000));
        assertEquals(OptionalLong.of(START + 25 * HOUR + 60_000), window.givesBackAt(START + 2 * HOUR, 11));
        assertEquals(0, window.used(START + 25 * HOUR + 60_000));
    }

    @Test
    void calendarEndsAtMidnightAlsoOfAShortDay() {
        QuotaWindow window = QuotaWindow.of("calendar", ZoneId.of("Europe/Berlin"));
        long sunday = Instant.parse("2026-03-28T23:30:00Z").toEpochMilli(); // 00:30 in Berlin; that night has no 02:30.
        window.add(sunday, 10);
        long end = Instant.parse("2026-03-29T22:00:00Z").toEpochMilli();
        assertEquals(OptionalLong.of(end), window.givesBackAt(sunday, 1));
        assertEquals(10, window.used(end - 1));
        assertEquals(0, window.used(end));
    }

    @Test
    void aCorrectionNeverLeadsBelowNothing() {
        QuotaWindow window = QuotaWindow.of("fixed", ZoneId.of("UTC"));
        window.add(START, 10);
        window.add(START + 1, -50);
        assertEquals(0, window.used(START + 2));
    }
}
