package pulseboard.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one machine may have us do in the long run. */
class SourceLimiterTest {

    private long nanos;
    private final SourceLimiter limiter = new SourceLimiter(() -> nanos);

    @Test
    void linesOfTheLogAreFewHoweverOftenItLinks() {
        assertEquals(
                20, IntStream.range(0, 1_000).filter(link -> limiter.mayTell()).count());
        nanos += 1_000_000_000L;
        assertTrue(limiter.mayTell());
        assertFalse(limiter.mayTell());
    }

    @Test
    void bytesAreBoundedByTheSecondAndShortMessagesToo() {
        for (int message = 0; message < 8; message++) {
            limiter.took(512 << 10);
        }
        assertThrows(LinkRefusal.class, () -> limiter.took(1));
        nanos += 1_000_000_000L;
        for (int message = 0; message < 2_048; message++) {
            limiter.took(1);
        }
        assertThrows(LinkRefusal.class, () -> limiter.took(1));
    }

    @Test
    void namesThatWereSeenBeforeCostNothing() {
        for (int name = 0; name < 64; name++) {
            limiter.brings("toy-" + name);
        }
        limiter.brings("toy-7");
        assertThrows(LinkRefusal.class, () -> limiter.brings("one-more"));
    }
}
