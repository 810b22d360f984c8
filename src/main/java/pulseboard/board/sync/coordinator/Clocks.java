package pulseboard.board.sync.coordinator;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.board.sync.rules.Version;

/** Which edit of each actor came with which change of a folder, for the last few. */
final class Clocks {

    private static final int KEPT = 256;

    private final Map<Long, TreeMap<Long, Long>> byActor = new HashMap<>();

    /** A change, and what it knows of. */
    void note(long seq, Version version) {
        for (long actor : version.actors()) {
            TreeMap<Long, Long> known = byActor.computeIfAbsent(actor, first -> new TreeMap<>());
            long counter = version.counter(actor);
            if (known.isEmpty() || known.lastEntry().getValue() < counter) {
                known.put(seq, counter);
                if (known.size() > KEPT) {
                    known.pollFirstEntry();
                }
            }
        }
    }

    /** The last edit of an actor, in hexadecimal digits, that a machine has which has everything up to this change. */
    long counter(String actor, long seq) {
        TreeMap<Long, Long> known = byActor.getOrDefault(Long.parseUnsignedLong(actor, 16), new TreeMap<>());
        Map.Entry<Long, Long> last = known.floorEntry(seq);
        return last == null ? 0 : last.getValue();
    }
}
