package pulseboard.prometheus.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryDelayTest {

    /** Never adds anything. */
    private static final RandomGenerator NOTHING = () -> 0;

    private final RetryDelay delay = new RetryDelay(NOTHING);

    @Test
    void delayDoublesUpToAMinuteAndBeginsAnewAfterASuccess() {
        for (long expected : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertEquals(expected * 1000, delay.afterFailure(null));
        }
        delay.reset();
        assertEquals(1000, delay.afterFailure(null));
    }

    @Test
    void serverMayAskForMoreWithinABound() {
        assertEquals(7000, delay.afterFailure("7"));
        assertEquals(2000, delay.afterFailure("1"));
        assertEquals(600_000, delay.afterFailure("999999999"));
        assertEquals(8000, delay.afterFailure("Wed, 21 Oct 2015 07:28:00 GMT"));
    }

    @Test
    void upToAQuarterIsAddedAtRandom() {
        RetryDelay random = new RetryDelay(new Random(1));
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int attempt = 0; attempt < 100; attempt++) {
            random.reset();
            long each = random.afterFailure(null);
            shortest = Math.min(shortest, each);
            longest = Math.max(longest, each);
        }
        assertTrue(shortest >= 1000 && longest <= 1250 && longest > shortest, shortest + " " + longest);
    }
}
