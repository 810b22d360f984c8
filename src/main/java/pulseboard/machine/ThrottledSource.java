package pulseboard.machine;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reading that is dear or rarely changes: repeated only when its interval has passed, and never so often that it takes
 * more than half a percent of a core. Not thread-safe.
 *
 * @param <T> what is read
 */
public final class ThrottledSource<T> implements Reader<T> {

    private static final long COST_FACTOR = 200;

    private final LongSupplier nanoClock;
    private final Reader<T> reader;
    private final long intervalNanos;
    private @Nullable T value;
    private long dueNanos;

    /** Wraps a reader so that it is asked at most once in so many seconds. */
    public ThrottledSource(Reader<T> reader, int intervalSeconds) {
        this(reader, intervalSeconds, System::nanoTime);
    }

    ThrottledSource(Reader<T> reader, int intervalSeconds, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.reader = reader;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(intervalSeconds);
    }

    @Override
    public T read() throws IOException {
        T last = value;
        long start = nanoClock.getAsLong();
        if (last != null && start - dueNanos < 0) {
            return last;
        }
        T next = reader.read();
        long cost = nanoClock.getAsLong() - start;
        value = next;
        dueNanos = start + Math.max(intervalNanos, cost * COST_FACTOR);
        return next;
    }
}
