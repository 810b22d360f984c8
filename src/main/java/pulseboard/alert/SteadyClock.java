package pulseboard.alert;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The time of day, which never goes back: when somebody sets the clock, that is told apart from time that goes by. Not thread-safe. */
final class SteadyClock {

    /** Less is what a clock is slewed by. */
    private static final long SET_MILLISECONDS = 2_000;

    private final LongSupplier day;
    private final LongSupplier nanos;
    private long anchorDay;
    private long anchorNanos;

    /**
     * Begins.
     *
     * @param day Unix milliseconds
     * @param nanos goes on evenly
     */
    SteadyClock(LongSupplier day, LongSupplier nanos) {
        this.day = day;
        this.nanos = nanos;
        anchorDay = day.getAsLong();
        anchorNanos = nanos.getAsLong();
    }

    /** Unix milliseconds. */
    long now() {
        return anchorDay + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - anchorNanos);
    }

    /** By how much the clock was set since this was asked before; 0 as a rule. From now on {@link #now} has that in it. */
    long set() {
        long by = day.getAsLong() - now();
        if (Math.abs(by) < SET_MILLISECONDS) {
            return 0;
        }
        anchorDay += by;
        return by;
    }
}
