package pulseboard.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThrottledSourceTest {

    @Test
    void valueIsKeptWithinItsInterval() throws IOException {
        Made<Integer> reader = new Made<>(1);
        ThrottledSource<Integer> throttled = new ThrottledSource<>(reader, 3600);
        assertEquals(1, throttled.read());
        reader.set(2);
        assertEquals(1, throttled.read());
        assertEquals(1, reader.count());
    }

    @Test
    void valueIsReadAgainAfterItsInterval() throws IOException {
        Made<Integer> reader = new Made<>(1);
        FakeClock clock = new FakeClock();
        ThrottledSource<Integer> throttled = new ThrottledSource<>(reader, 5, clock);
        throttled.read();
        reader.set(2);
        clock.passSeconds(4.9);
        assertEquals(1, throttled.read());
        clock.passSeconds(0.1);
        assertEquals(2, throttled.read());
    }

    @Test
    void whatTakesLongIsReadSoRarelyThatItTakesHalfAPercentOfACore() throws IOException {
        FakeClock clock = new FakeClock();
        int[] readings = {0};
        ThrottledSource<Integer> throttled = new ThrottledSource<>(
                () -> {
                    clock.passSeconds(0.1);
                    return ++readings[0];
                },
                5,
                clock);
        throttled.read();
        clock.passSeconds(19.8);
        assertEquals(1, throttled.read());
        clock.passSeconds(0.2);
        assertEquals(2, throttled.read());
    }

    @Test
    void failureIsNotKept() throws IOException {
        Made<Integer> reader = new Made<>(1);
        ThrottledSource<Integer> throttled = new ThrottledSource<>(reader, 3600);
        reader.fail("gone");
        assertThrows(IOException.class, throttled::read);
        reader.set(3);
        assertEquals(3, throttled.read());
    }
}
