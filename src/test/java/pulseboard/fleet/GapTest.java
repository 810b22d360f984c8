package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapTest {

    /** The begin of an interval of 10 s, and of a minute. */
    private static final long AT = 1_700_000_100_000L;

    private static final long MINUTE = 60_000;

    private static Gap gap(Gap.Known known, long now, long skew) {
        return Gap.of("web1", known, now, skew).orElseThrow();
    }

    @Test
    void tenMinutesAreFilledFromTheNewestRowToTheOneAfterItLinked() {
        Gap gap = gap(new Gap.Known(AT, 0, AT + 7_000), AT + 10 * MINUTE + 3_000, 0);
        assertEquals(new Gap("web1", AT, AT + 10 * MINUTE + 20_000, 0), gap);
        assertEquals(AT + 10 * MINUTE + 28_000, gap.dueAt());
    }

    @Test
    void linkThatWasAwayForAMomentLeavesNoGap() {
        assertFalse(
                Gap.of("web1", new Gap.Known(AT, 0, AT + 9_000), AT + 15_000, 0).isPresent());
        assertEquals(AT, gap(new Gap.Known(AT, 0, AT + 9_000), AT + 15_001, 0).from());
    }

    @Test
    void machineOfWhichNothingWasEverKeptHasNoGap() {
        assertEquals(Optional.empty(), Gap.of("web1", new Gap.Known(0, 0, AT), AT + MINUTE, 0));
    }

    /** The list of machines goes on with the last figures for a while. */
    @Test
    void rowsAfterItWasHeardOfLastAreFilledToo() {
        assertEquals(
                AT - 20_000,
                gap(new Gap.Known(AT, 0, AT - 15_000), AT + MINUTE, 0).from());
    }

    @Test
    void gapThatWasNotFilledBeforeIsPartOfTheNext() {
        assertEquals(
                AT - MINUTE,
                gap(new Gap.Known(AT, AT - MINUTE, AT + 9_000), AT + 10_000, 0).from());
        long yesterday = AT - 24 * 60 * MINUTE;
        assertFalse(
                Gap.of("web1", new Gap.Known(AT, yesterday, AT), AT + 10_000, 0).isPresent());
    }

    @Test
    void noMoreThanADayIsFilled() {
        assertEquals(
                AT,
                gap(new Gap.Known(AT - MINUTE, 0, 0), AT + 24 * 60 * MINUTE, 0).from());
    }

    @Test
    void clockOfTheMachineIsTakenToTheNearestInterval() {
        Gap.Known known = new Gap.Known(AT, 0, AT);
        assertEquals(3_600_000, gap(known, AT + MINUTE, 3_604_999).aheadMilliseconds());
        assertEquals(-10_000, gap(known, AT + MINUTE, -5_001).aheadMilliseconds());
        assertEquals(0, gap(known, AT + MINUTE, 4_999).aheadMilliseconds());
    }
}
