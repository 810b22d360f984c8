package pulseboard.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A limit holds over any span, and can be changed. */
class RateLimitTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateLimit limit = new RateLimit();

    @Test
    void withoutALimitNobodyWaits() {
        assertEquals(0, limit.take(Long.MAX_VALUE / 2, 5));
    }

    @Test
    void overTenSecondsItIsTheLimitAndAQuarterOfASecondMore() {
        limit.set(1_000_000);
        long now = 77 * SECOND;
        long end = now + 10 * SECOND;
        long taken = 0;
        while (now < end) {
            now += Math.max(0, limit.take(65_536, now));
            taken += 65_536;
        }
        assertEquals(10_250_000, (double) taken, 70_000.0);
    }

    @Test
    void whatIsNotUsedIsNotSavedUp() {
        limit.set(1_000);
        assertTrue(limit.take(1_000, 0) > 0);
        assertEquals(SECOND * 3 / 4, limit.take(1_000, 3_600 * SECOND));
    }

    @Test
    void changedLimitHoldsAtOnce() {
        limit.set(1);
        assertTrue(limit.take(1_000_000, SECOND) > 1_000 * SECOND);
        limit.set(1_000_000);
        assertEquals(SECOND * 3 / 4, limit.take(1_000_000, 2 * SECOND));
        limit.set(0);
        assertEquals(0, limit.take(1_000_000, 2 * SECOND));
    }
}
