package pulseboard.fleet;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How a machine stands, by the age of its newest data; never by the state of a connection, which may be half open for minutes.
 *
 * @param offlineNanos how old the newest data of a machine is when it counts as offline
 */
record Liveness(long offlineNanos) {

    /** A living board says something each 5 s, and 2 s are for the way. */
    static final long LIVE_NANOS = TimeUnit.SECONDS.toNanos(7);

    /** Who said that it ends has so long to come back, before anybody is told that it is gone. */
    static final long LEAVING_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** What was there before this program began has so long to come. */
    static final long BEGINNING_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** What is said of it. */
    enum State {
        /** Its newest data is of now. */
        LIVE,
        /** It is older than that, and may be on its way. */
        LATE,
        /** It has ended on purpose, to come back. */
        LEAVING,
        /** Nothing has come for long. */
        OFFLINE,
        /** This program has just begun, or has itself no network: nobody can know. */
        UNKNOWN,
        /** An administrator has not let it in yet, or has shut it out. */
        REFUSED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is known of its link; times are those of {@link System#nanoTime()}, 0 for never. */
    record Seen(long heardNanos, long leftNanos, boolean isEverHeard) {}

    /** Of a machine that may link. */
    State state(Seen seen, long begunNanos, long now) {
        if (seen.leftNanos() != 0) {
            return now - seen.leftNanos() < LEAVING_NANOS ? State.LEAVING : State.OFFLINE;
        }
        if (!seen.isEverHeard()) {
            return now - begunNanos < BEGINNING_NANOS ? State.UNKNOWN : State.OFFLINE;
        }
        long age = now - seen.heardNanos();
        if (age <= LIVE_NANOS) {
            return State.LIVE;
        }
        return age <= offlineNanos ? State.LATE : State.OFFLINE;
    }
}
