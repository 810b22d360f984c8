package pulseboard.board.host;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pairs each reading of counters with the one before it. Not thread-safe.
 *
 * @param <T> a reading
 */
final class CounterDeltas<T> {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoClock;
    private @Nullable T before;
    private long beforeNanos;
    private long beginNanos;

    /**
     * Starts without a reading.
     *
     * @param nanoClock a clock that never goes back, in nanoseconds
     */
    CounterDeltas(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Two readings and what lies between them.
     *
     * @param seconds above 0
     */
    record Interval<T>(T before, T now, double seconds) {}

    /** To be called just before a reading is made. */
    void begin() {
        beginNanos = nanoClock.getAsLong();
    }

    /**
     * Takes a reading made just now; returns nothing for the first one. The time between two is counted from the begin of the
     * one to the end of the other: where a reading takes long, because the machine was asleep meanwhile or the process
     * stopped, a rate comes out too low, and never far too high.
     */
    Optional<Interval<T>> next(T now) {
        double seconds = Math.max(1, nanoClock.getAsLong() - beforeNanos) / NANOS_PER_SECOND;
        Optional<Interval<T>> interval =
                Optional.ofNullable(before).map(earlier -> new Interval<>(earlier, now, seconds));
        before = now;
        beforeNanos = beginNanos;
        return interval;
    }

    /** Forgets the reading before. */
    void reset() {
        before = null;
    }
}
