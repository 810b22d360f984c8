package pulseboard.board.sync.rules;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version vector: for each actor the number of its last edit that is in this version. An actor is 64 random bits for each life
 * of a machine's index. Immutable. Clocks have no part in it.
 */
public final class Version {

    /** Knows of nothing. */
    public static final Version NONE = new Version(new long[0], new long[0]);

    /** Which of two versions knew of which. */
    public enum Order {
        /** They are the same. */
        EQUAL,
        /** The other one knows all of this one, and more. */
        BEFORE,
        /** This one knows all of the other one, and more. */
        AFTER,
        /** Each knows of something that the other does not. */
        CONCURRENT
    }

    /** In rising order, and beside each its counter. */
    private final long[] actors;

    private final long[] counters;

    private Version(long[] actors, long[] counters) {
        this.actors = actors;
        this.counters = counters;
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when it is no version
     */
    public static Version of(String text) {
        TreeMap<Long, Long> all = new TreeMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon != 16) {
                throw new IllegalArgumentException("no version: " + text);
            }
            long counter = Long.parseLong(part, colon + 1, part.length(), 10);
            if (counter <= 0 || all.put(Long.parseUnsignedLong(part, 0, colon, 16), counter) != null) {
                throw new IllegalArgumentException("no version: " + text);
            }
        }
        return of(all);
    }

    private static Version of(SortedMap<Long, Long> all) {
        return new Version(
                all.keySet().stream().mapToLong(Long::longValue).toArray(),
                all.values().stream().mapToLong(Long::longValue).toArray());
    }

    private SortedMap<Long, Long> toMap() {
        TreeMap<Long, Long> all = new TreeMap<>();
        for (int at = 0; at < actors.length; at++) {
            all.put(actors[at], counters[at]);
        }
        return all;
    }

    /** The same, and it knows of this edit of this actor. */
    public Version with(long actor, long counter) {
        SortedMap<Long, Long> all = toMap();
        all.merge(actor, counter, Math::max);
        return of(all);
    }

    /** Knows what either knows. */
    public Version join(Version other) {
        SortedMap<Long, Long> all = toMap();
        other.toMap().forEach((actor, counter) -> all.merge(actor, counter, Math::max));
        return of(all);
    }

    /** The last edit of that actor that is in it; 0 if there is none. */
    public long counter(long actor) {
        int at = Arrays.binarySearch(actors, actor);
        return at < 0 ? 0 : counters[at];
    }

    /** The actors, each once. */
    public long[] actors() {
        return actors.clone();
    }

    /** How many actors have a part in it. */
    public int size() {
        return actors.length;
    }

    private boolean knows(Version other) {
        for (int at = 0; at < other.actors.length; at++) {
            if (counter(other.actors[at]) < other.counters[at]) {
                return false;
            }
        }
        return true;
    }

    /** Which of the two knew of which. */
    public Order compare(Version other) {
        boolean isAbove = knows(other);
        boolean isBelow = other.knows(this);
        if (isAbove) {
            return isBelow ? Order.EQUAL : Order.AFTER;
        }
        return isBelow ? Order.BEFORE : Order.CONCURRENT;
    }

    /** Whether this one knows all of the other one. */
    public boolean covers(Version other) {
        return knows(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version
                && Arrays.equals(actors, version.actors)
                && Arrays.equals(counters, version.counters);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(actors) + Arrays.hashCode(counters);
    }

    /** Such as {@code 00000000000000a1:3,00000000000000b2:1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < actors.length; at++) {
            text.append(at == 0 ? "" : ",");
            String hex = Long.toHexString(actors[at]);
            text.append("0".repeat(16 - hex.length())).append(hex).append(':').append(counters[at]);
        }
        return text.toString();
    }
}
