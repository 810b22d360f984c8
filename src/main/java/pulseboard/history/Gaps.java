package pulseboard.history;

import org.h2.mvstore.MVMap;

/**
 * By machine, since when rows of it are missing though newer ones may be there: on disk, or a program that is killed while a gap is
 * filled would never know of it. What is changed is written with the next rows.
 */
final class Gaps {

    private final MVMap<String, Long> stored;

    Gaps(MVMap<String, Long> stored) {
        this.stored = stored;
    }

    /** Since when they are missing; 0 where none are. */
    long since(String machine) {
        return stored.getOrDefault(machine, 0L);
    }

    /** They are missing since then; 0: none are any more. */
    void put(String machine, long since) {
        if (since > 0) {
            stored.put(machine, since);
        } else {
            stored.remove(machine);
        }
    }
}
