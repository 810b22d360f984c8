package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapQueueTest {

    private static final long DUE = 1_700_000_108_000L;

    private final GapQueue queue = new GapQueue();

    /** One that began so many minutes ago. */
    private static Gap gap(String machine, int minutes) {
        return new Gap(machine, DUE - 8_000 - minutes * 60_000L, DUE - 8_000, 0);
    }

    private List<String> all(long now) {
        List<String> begun = new ArrayList<>();
        for (Optional<Gap> next = queue.next(now); next.isPresent(); next = queue.next(now)) {
            begun.add(next.get().machine());
        }
        return begun;
    }

    @Test
    void newestGapIsFilledFirstAndNoneBeforeTheMachineCanHaveTheRows() {
        queue.add(gap("long", 600));
        queue.add(gap("short", 1));
        queue.add(gap("middle", 10));
        assertEquals(List.of(), all(DUE - 1));
        assertEquals(List.of("short", "middle", "long"), all(DUE));
    }

    @Test
    void twentyAreFilledAtATime() {
        for (int machine = 0; machine < 30; machine++) {
            queue.add(gap("web" + machine, machine));
        }
        assertEquals(20, all(DUE).size());
        queue.end(gap("web3", 3));
        assertEquals(List.of("web20"), all(DUE));
    }

    @Test
    void machineThatLinksAnewIsFilledAnewAndNotTwice() {
        Gap before = gap("web1", 10);
        queue.add(before);
        assertEquals(List.of("web1"), all(DUE));
        assertTrue(queue.isFilling(before));
        queue.remove("web1");
        assertFalse(queue.isFilling(before));
        queue.add(gap("web1", 12));
        queue.end(before);
        assertEquals(List.of("web1"), all(DUE));
        assertTrue(queue.isFilling(gap("web1", 12)));
    }
}
