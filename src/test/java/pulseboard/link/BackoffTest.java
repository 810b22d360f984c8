package pulseboard.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void pausesDoubleUpToAMinuteAndBeginAnewAfterSuccess() {
        Backoff backoff = new Backoff(() -> 1);
        assertEquals(
                List.of(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L),
                Stream.generate(backoff::next).limit(8).toList());
        backoff.lasted(100); // Taken, and ended at once.
        assertEquals(60_000, backoff.next());
        backoff.lasted(30_000);
        assertEquals(1_000, backoff.next());
    }

    @Test
    void thoseWhoWereCutOffTogetherComeBackApart() {
        assertEquals(500, new Backoff(() -> 0.5).next());
        assertEquals(1_500, new Backoff(() -> 0.5).within(3));
        assertTrue(new Backoff(() -> 0).next() > 0, "never at once, again and again");
    }
}
