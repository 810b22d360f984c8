package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import pulseboard.machine.FakeClock;

class CounterDeltasTest {

    private final FakeClock clock = new FakeClock();
    private final CounterDeltas<String> intervals = new CounterDeltas<>(clock);

    /** Takes a reading that needs so long; returns the seconds since the one before, or 0. */
    private double read(double seconds) {
        intervals.begin();
        clock.passSeconds(seconds);
        return intervals.next("reading").map(CounterDeltas.Interval::seconds).orElse(0.0);
    }

    @Test
    void secondsLieBetweenTwoReadings() {
        assertEquals(0, read(0));
        clock.passSeconds(2);
        assertEquals(2, read(0));
        clock.passSeconds(1);
        assertEquals(1, read(0));
    }

    /** The counters were read at some time in those 30 s, perhaps at once: then 31 s of them are in the next reading. */
    @Test
    void readingThatWasInterruptedMakesNoIntervalTooShort() {
        read(0);
        clock.passSeconds(1);
        assertEquals(31, read(30));
        clock.passSeconds(1);
        assertEquals(31, read(0));
        clock.passSeconds(1);
        assertEquals(1, read(0));
    }

    @Test
    void afterAResetThereIsNoReadingBefore() {
        read(0);
        intervals.reset();
        assertEquals(0, read(0));
    }
}
