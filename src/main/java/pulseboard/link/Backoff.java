package pulseboard.link;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: up to 1 s after the first failure, up to twice as long after each further one, 60 s at
 * most; anything up to that, so that a thousand who were cut off at once do not come back at once ("full jitter").
 */
final class Backoff {

    private static final long FIRST_MILLISECONDS = 1_000;
    private static final long MOST_MILLISECONDS = 60_000;
    private static final long LEAST_MILLISECONDS = 50;

    /** One that is taken and ended at once, each time, is a failure each time. */
    private static final long GOOD_MILLISECONDS = 30_000;

    private final DoubleSupplier random;
    private long ceiling = FIRST_MILLISECONDS;

    /** The random numbers are from 0 to 1. */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** It was linked for so long: if that went well, the next failure is the first again. */
    void lasted(long milliseconds) {
        if (milliseconds >= GOOD_MILLISECONDS) {
            ceiling = FIRST_MILLISECONDS;
        }
    }

    /** Milliseconds to wait after one more failure. */
    long next() {
        long wait = (long) (random.getAsDouble() * ceiling);
        ceiling = Math.min(MOST_MILLISECONDS, ceiling * 2);
        return Math.max(LEAST_MILLISECONDS, wait);
    }

    /** Milliseconds to wait when the other end said that it will be back within so many seconds. */
    long within(long seconds) {
        return Math.max(LEAST_MILLISECONDS, (long) (random.getAsDouble() * seconds * 1_000));
    }
}
