package pulseboard.board.sync.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pulseboard.board.sync.rules.Version.Order;

class VersionTest {

    private static final int TRIPLES = 100_000;

    /** A version beside the set of edits that it stands for. */
    private record Known(Version version, Set<String> edits) {

        Known join(Known other) {
            Set<String> all = new HashSet<>(edits);
            all.addAll(other.edits);
            return new Known(version.join(other.version), all);
        }

        Order compare(Known other) {
            boolean above = edits.containsAll(other.edits);
            boolean below = other.edits.containsAll(edits);
            return above ? below ? Order.EQUAL : Order.AFTER : below ? Order.BEFORE : Order.CONCURRENT;
        }
    }

    private static Known random(Random random) {
        Known known = new Known(Version.NONE, new HashSet<>());
        for (long actor = -2; actor < 3; actor++) {
            int counter = random.nextInt(4);
            for (int edit = 1; edit <= counter; edit++) {
                known.edits.add(actor + ":" + edit);
            }
            known = counter == 0 ? known : new Known(known.version.with(actor, counter), known.edits);
        }
        return known;
    }

    @Test
    void ordersAndJoinsAsTheSetsOfEditsDo() {
        Random random = new Random(17);
        for (int triple = 0; triple < TRIPLES; triple++) {
            Known a = random(random);
            Known b = random(random);
            Known c = random(random);
            assertEquals(a.compare(b), a.version.compare(b.version));
            assertEquals(a.version.compare(b.version) == Order.AFTER, b.version.compare(a.version) == Order.BEFORE);
            assertEquals(a.join(b).compare(c), a.version.join(b.version).compare(c.version));
            assertEquals(a.version.join(b.version), b.version.join(a.version));
            assertEquals(a.version.join(b.version).join(c.version), a.version.join(b.version.join(c.version)));
            assertEquals(a.version, a.version.join(a.version));
            assertEquals(a.version, Version.of(a.version.toString()));
        }
    }

    @Test
    void textThatIsNoVersionIsRefused() {
        for (String text :
                new String[] {"a:1", "00000000000000a1:0", "00000000000000a1:-1", "00000000000000a1:x", ","}) {
            assertThrows(IllegalArgumentException.class, () -> Version.of(text), text);
        }
        assertThrows(IllegalArgumentException.class, () -> Version.of("00000000000000a1:1,00000000000000a1:2"));
    }
}
