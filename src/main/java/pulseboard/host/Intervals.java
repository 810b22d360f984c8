package pulseboard.host;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pairs each reading of counters with the one before it. Not thread-safe.
 *
 * @param <T> a reading
 */
final class Intervals<T> {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoClock;
    private @Nullable T before;
    private long beforeNanos;

    /**
     * Starts without a reading.
     *
     * @param nanoClock a clock that never goes back, in nanoseconds
     */
    Intervals(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Two readings and what lies between them.
     *
     * @param seconds above 0
     */
    record Interval<T>(T before, T now, double seconds) {}

    /** Takes a reading made just now; returns nothing for the first one. */
    Optional<Interval<T>> next(T now) {
        long nowNanos = nanoClock.getAsLong();
        double seconds = Math.max(1, nowNanos - beforeNanos) / NANOS_PER_SECOND;
        Optional<Interval<T>> interval =
                Optional.ofNullable(before).map(earlier -> new Interval<>(earlier, now, seconds));
        before = now;
        beforeNanos = nowNanos;
        return interval;
    }

    /** Forgets the reading before. */
    void reset() {
        before = null;
    }
}
