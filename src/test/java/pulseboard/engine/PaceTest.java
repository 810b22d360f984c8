package pulseboard.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Rates of series whose rates are known. */
class PaceTest {

    private static final long SECOND = 1_000_000_000L;
    private static final double TAU = 5;

    private final Pace pace = new Pace(TAU);
    private long nanos = -3 * SECOND; // A monotonic clock may show anything.
    private double total = 1_000;

    private void pass(double seconds, double perSecond, boolean isPaused) {
        nanos += (long) (seconds * SECOND);
        total += seconds * perSecond;
        pace.sample(nanos, total, isPaused);
    }

    private void pass(double seconds, double perSecond) {
        pass(seconds, perSecond, false);
    }

    @Test
    void nothingIsSaidBeforeThereAreTwoSamples() {
        assertTrue(pace.perSecond().isEmpty());
        pass(0, 0);
        assertTrue(pace.perSecond().isEmpty());
        assertTrue(pace.averagePerSecond().isEmpty());
    }

    @Test
    void firstDifferenceCountsWholly() {
        pass(0, 0);
        pass(0.5, 800);
        assertEquals(800, pace.perSecond().orElseThrow(), 1e-9);
    }

    @Test
    void whatHasNotBegunYetIsNoPartOfTheAverage() {
        pass(0, 0);
        pass(3, 0);
        assertEquals(0, pace.perSecond().orElseThrow());
        pass(0.1, 5_000); // What fits into buffers goes at once.
        for (int tick = 0; tick < 40; tick++) {
            pass(0.1, 100);
        }
        assertEquals((0.1 * 5_000 + 4 * 100) / 4.1, pace.perSecond().orElseThrow(), 1e-6);
    }

    @Test
    void stepIsFollowedByTheTimeConstantWhateverTheTicks() {
        pass(0, 0);
        pass(2 * TAU, 100);
        for (double tick : new double[] {0.1, 1.9, 0.5, 2.5}) { // 5 s, one time constant
            pass(tick, 200);
        }
        assertEquals(100 + 100 * (1 - Math.exp(-1)), pace.perSecond().orElseThrow(), 1e-6);
    }

    @Test
    void rateIsNothingAfterTenSecondsWithoutAByte() {
        pass(0, 0);
        pass(1, 100);
        pass(9, 0);
        assertTrue(pace.perSecond().orElseThrow() > 0);
        pass(1, 0);
        assertEquals(0, pace.perSecond().orElseThrow());
    }

    @Test
    void averageIsOfAllTheTimeThatItWasNotPaused() {
        pass(0, 0);
        pass(2, 100);
        pass(60, 0, true);
        pass(2, 200);
        assertEquals(150, pace.averagePerSecond().orElseThrow(), 1e-9);
        assertEquals(4, pace.activeSeconds(), 1e-9);
    }

    @Test
    void peakIsAMeanOfFiveSecondsAndNeverOneTick() {
        pass(0, 0);
        pass(0.5, 1_000_000);
        assertTrue(pace.peakPerSecond().isEmpty());
        for (int tick = 0; tick < 20; tick++) {
            pass(0.5, 100);
        }
        assertEquals((0.5 * 1_000_000 + 4.5 * 100) / 5, pace.peakPerSecond().orElseThrow(), 1e-6);
    }
}
