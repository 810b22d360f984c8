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
        // A reader as cheap as this one is never held back for its cost by more than the few ms that this loop may
        // take.
        Paced<Integer> paced = new Paced<>(reader, 0);
        paced.read();
        reader.set(2);
        long giveUp = System.nanoTime() + 20_000_000_000L;
        while (paced.read() != 2 && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }
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
