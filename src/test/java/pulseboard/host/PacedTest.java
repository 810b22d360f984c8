package pulseboard.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PacedTest {

    @Test
    void valueIsKeptWithinItsInterval() throws IOException {
        Made<Integer> reader = new Made<>(1);
        Paced<Integer> paced = new Paced<>(reader, 3600);
        assertEquals(1, paced.read());
        reader.set(2);
        assertEquals(1, paced.read());
        assertEquals(1, reader.count());
    }

    @Test
    void valueIsReadAgainAfterItsInterval() throws IOException {
        Made<Integer> reader = new Made<>(1);
        FakeClock clock = new FakeClock();
        Paced<Integer> paced = new Paced<>(reader, 5, clock);
        paced.read();
        reader.set(2);
        clock.passSeconds(4.9);
        assertEquals(1, paced.read());
        clock.passSeconds(0.1);
        assertEquals(2, paced.read());
    }

    @Test
    void whatTakesLongIsReadSoRarelyThatItTakesHalfAPercentOfACore() throws IOException {
        FakeClock clock = new FakeClock();
        int[] readings = {0};
        Paced<Integer> paced = new Paced<>(
                () -> {
                    clock.passSeconds(0.1);
                    return ++readings[0];
                },
                5,
                clock);
        paced.read();
        clock.passSeconds(19.8);
        assertEquals(1, paced.read());
        clock.passSeconds(0.2);
        assertEquals(2, paced.read());
    }

    @Test
    void failureIsNotKept() throws IOException {
        Made<Integer> reader = new Made<>(1);
        Paced<Integer> paced = new Paced<>(reader, 3600);
        reader.fail("gone");
        assertThrows(IOException.class, paced::read);
        reader.set(3);
        assertEquals(3, paced.read());
    }
}
