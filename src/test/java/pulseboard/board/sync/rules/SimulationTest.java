package pulseboard.board.sync.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two to five machines, whose people edit, rename and delete, over a network that drops, doubles and delays, with crashes and times
 * offline. Each world follows from its seed, which the message of a failure names.
 */
class SimulationTest {

    private static final int STEPS = 250;

    private static void run(long seed) {
        World world = new World(seed, 2 + (int) (seed % 4), true);
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        assertTrue(world.settle(), () -> "seed " + seed + ": it does not come to an end");
        for (Machine machine : world.machines) {
            assertEquals(
                    new TreeMap<>(world.tree()),
                    new TreeMap<>(machine.disk),
                    () -> "seed " + seed + ": " + machine.name + " differs from the coordinator");
        }
        requireNothingLost(seed, world);
        requireTrueConflicts(seed, world);
    }

    private static void requireNothingLost(long seed, World world) {
        Set<String> lost = new HashSet<>(world.written);
        lost.removeAll(world.overwritten);
        lost.removeAll(new HashSet<>(world.tree().values()));
        assertEquals(Set.of(), lost, () -> "seed " + seed + ": contents that nobody overwrote are gone");
    }

    /** Of edits that knew of each other none is a conflict, and of two that did not there is one only. */
    private static void requireTrueConflicts(long seed, World world) {
        Set<String> pairs = new HashSet<>();
        Iterator<Map.Entry<String, Conflict>> all = world.heads.conflicts().from(null);
        while (all.hasNext()) {
            Conflict conflict = all.next().getValue();
            if (!conflict.kind().equals("edit_edit")) {
                continue;
            }
            String one = conflict.head().entry().contentId();
            String other = conflict.other().entry().contentId();
            assertTrue(pairs.add(conflict.path() + one + other), () -> "seed " + seed + ": twice " + conflict);
            if (world.renamed.contains(one) || world.renamed.contains(other)) {
                continue; // Whoever saw it once has not seen that it came back.
            }
            boolean isSequential = world.history(conflict.path(), one).contains(other)
                    || world.history(conflict.path(), other).contains(one);
            assertTrue(!isSequential, () -> "seed " + seed + ": no conflict is " + conflict);
        }
    }

    @Test
    void thousandWorldsEndEqualAndLoseNothing() {
        for (long seed = 1; seed <= Integer.getInteger("pulseboard.sync.seeds", 1_000); seed++) {
            run(seed);
        }
    }

    @Test
    @Tag("long")
    void twentyThousandWorldsEndEqualAndLoseNothing() {
        for (long seed = 1_001; seed <= 20_000; seed++) {
            run(seed);
        }
    }
}
