package pulseboard.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessageRateTest {

    private long nanos = Long.MAX_VALUE - 1_000; // The clock may overflow.
    private final MessageRate rate = new MessageRate(5, 20, () -> nanos);

    private int takeAll() {
        int taken = 0;
        while (rate.take()) {
            taken++;
        }
        return taken;
    }

    @Test
    void burstIsTakenAndThenSoManyASecond() {
        assertEquals(20, takeAll());
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertEquals(10, takeAll());
        nanos += TimeUnit.MILLISECONDS.toNanos(150);
        assertFalse(rate.take());
        nanos += TimeUnit.MILLISECONDS.toNanos(60);
        assertTrue(rate.take());
    }

    @Test
    void silenceSavesNoMoreThanABurst() {
        takeAll();
        nanos += TimeUnit.HOURS.toNanos(5);
        assertEquals(20, takeAll());
    }
}
