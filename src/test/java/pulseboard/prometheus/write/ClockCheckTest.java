package pulseboard.prometheus.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockCheckTest {

    private static final String SERVER = "Mon, 30 Nov 2026 12:00:00 GMT";
    private static final long NOW = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final ClockCheck clock = new ClockCheck();

    @Test
    void nothingIsGoodBeforeAServerWasHeard() {
        assertFalse(clock.isGood(NOW, 0));
        assertNull(clock.heard(SERVER, NOW + 60_000, 0));
        assertTrue(clock.isGood(NOW + 60_000, 0));
    }

    @Test
    void clockThatIsADayAheadIsWrongAndBothTimesAreTold() {
        assertEquals(
                "this machine's clock says 2026-12-01T12:00, the server's 2026-11-30T12:00",
                clock.heard(SERVER, NOW + DAY, 0));
        assertFalse(clock.isGood(NOW + DAY, 0));
    }

    @Test
    void serverThatTellsNoTimeIsBelievedUnlessTheClockIsBeforeThisProgram() {
        assertNull(clock.heard(null, NOW, 0));
        assertTrue(clock.isGood(NOW, 0));
        assertNull(clock.heard("no date", NOW, 0));
        assertEquals(
                "this machine's clock says 1970-01-01T00:00, before this program was made", clock.heard(null, 0, 0));
    }

    @Test
    void clockThatIsSetIsAskedAboutAgain() {
        assertNull(clock.heard(SERVER, NOW, 0));
        long hour = Duration.ofHours(1).toNanos();
        assertTrue(clock.isGood(NOW + hour / 1_000_000, hour));
        assertFalse(clock.isGood(NOW + DAY, hour));
        assertFalse(clock.isGood(NOW - DAY, hour));
    }
}
