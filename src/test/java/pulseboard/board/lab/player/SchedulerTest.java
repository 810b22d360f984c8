package pulseboard.board.lab.player;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which node is asked first. */
class SchedulerTest {

    private static final List<String> NODES = List.of("n1", "n2", "n3");

    @Test
    void nodeThatWasNotTriedComesFirstAndThenTheBest() {
        Scheduler scheduler = new Scheduler(Scheduler.Kind.SCORE, 1);
        finish(scheduler, "n1", 1_000_000, 100);
        finish(scheduler, "n3", 1_000_000, 400);
        assertEquals(List.of("n2", "n1", "n3"), scheduler.order(NODES));
        finish(scheduler, "n2", 0, 5_000);
        assertEquals(List.of("n1", "n3", "n2"), scheduler.order(NODES));
    }

    @Test
    void nodeThatIsBusyIsWorthLess() {
        Scheduler scheduler = new Scheduler(Scheduler.Kind.SCORE, 1);
        NODES.forEach(node -> finish(scheduler, node, 1_000_000, 100));
        scheduler.node("n1").begun();
        assertEquals("n1", scheduler.order(NODES).get(2));
    }

    @Test
    void naiveOneGoesRoundWhateverHappens() {
        Scheduler scheduler = new Scheduler(Scheduler.Kind.ROUND_ROBIN, 1);
        finish(scheduler, "n2", 0, 5_000);
        assertEquals(List.of("n1", "n2", "n3"), scheduler.order(NODES));
        assertEquals(List.of("n2", "n3", "n1"), scheduler.order(NODES));
    }

    @Test
    void chanceComesFromTheSeed() {
        List<String> first = tenOrders(1);
        assertEquals(first, tenOrders(1));
        assertNotEquals(first, tenOrders(2));
    }

    private static List<String> tenOrders(long seed) {
        Scheduler scheduler = new Scheduler(Scheduler.Kind.RANDOM, seed);
        return java.util.stream.IntStream.range(0, 10)
                .mapToObj(n -> scheduler.order(NODES).toString())
                .toList();
    }

    private static void finish(Scheduler scheduler, String node, int bytes, double milliseconds) {
        scheduler.node(node).begun();
        scheduler.node(node).ended(bytes, milliseconds);
    }
}
