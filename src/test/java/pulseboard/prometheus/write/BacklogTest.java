package pulseboard.prometheus.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import pulseboard.prometheus.write.Backlog.Waiting;

class BacklogTest {

    private final Backlog backlog = new Backlog(100);

    private static Waiting request(int bytes, int samples) {
        return new Waiting(Buffer.buffer(new byte[bytes]), samples);
    }

    @Test
    void oldestIsSentFirst() {
        Waiting first = request(10, 1);
        Waiting second = request(10, 2);
        assertEquals(0, backlog.add(first));
        assertEquals(0, backlog.add(second));
        assertEquals(3, backlog.samples());
        assertSame(first, backlog.oldest());
        backlog.remove(first);
        assertSame(second, backlog.oldest());
        backlog.remove(second);
        assertNull(backlog.oldest());
        assertEquals(0, backlog.samples());
    }

    @Test
    void whatDoesNotFitCostsTheOldest() {
        backlog.add(request(40, 1));
        backlog.add(request(40, 2));
        Waiting newest = request(60, 4);
        assertEquals(1, backlog.add(newest));
        assertEquals(2, backlog.add(request(30, 8)));
        assertSame(newest, backlog.oldest());
        assertEquals(12, backlog.samples());
    }

    @Test
    void requestThatIsLargerThanTheBoundIsKeptAlone() {
        backlog.add(request(40, 1));
        Waiting large = request(1000, 2);
        assertEquals(1, backlog.add(large));
        assertSame(large, backlog.oldest());
    }

    @Test
    void requestThatWasDroppedWhileItWasSentTakesNoOtherWithIt() {
        Waiting underWay = request(90, 1);
        backlog.add(underWay);
        Waiting next = request(90, 2);
        backlog.add(next);
        backlog.remove(underWay);
        assertSame(next, backlog.oldest());
    }
}
