package pulseboard.engine;

import java.util.concurrent.TimeUnit;

/**
 * So much a second, over all that ask: a token bucket that holds what flows in a quarter of a second. Can be changed at any time.
 * Thread-safe.
 */
public final class RateLimit {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BURST_NANOS = SECOND_NANOS / 4;

    /** Nobody waits longer at once: a limit that was changed is minded soon. */
    private static final long MOST_NANOS = SECOND_NANOS / 2;

    private long perSecond;

    /** When all that was given away so far is paid for, by the clock of whoever asks. */
    private long paidNanos = Long.MIN_VALUE;

    /** From now on so much a second; 0: as much as anybody wants. */
    public synchronized void set(long unitsPerSecond) {
        if (unitsPerSecond < 0) {
            throw new IllegalArgumentException("a limit must not be below 0: " + unitsPerSecond);
        }
        if (unitsPerSecond != perSecond) {
            perSecond = unitsPerSecond;
            paidNanos = Long.MIN_VALUE; // What was given away at another price is paid.
        }
    }

    /** So much a second; 0: there is no limit. */
    public synchronized long perSecond() {
        return perSecond;
    }

    /**
     * Gives so much away.
     *
     * @param nanos the time now, by a monotonic clock
     * @return how long to wait before it is used, in nanoseconds; 0 or less: not at all
     */
    synchronized long take(long units, long nanos) {
        if (perSecond == 0) {
            return 0;
        }
        long free = nanos - BURST_NANOS;
        paidNanos = Math.max(paidNanos, free) + (long) (units * (double) SECOND_NANOS / perSecond);
        return paidNanos - nanos;
    }

    /** Gives so much away, and returns when it may be used. */
    public void await(long units) throws InterruptedException {
        long wait = take(units, System.nanoTime());
        while (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(Math.min(wait, MOST_NANOS));
            wait = left(System.nanoTime(), wait - MOST_NANOS);
        }
    }

    /** What is left of a wait: nothing once the limit is lifted. */
    private synchronized long left(long nanos, long most) {
        return perSecond == 0 || paidNanos == Long.MIN_VALUE ? 0 : Math.min(most, paidNanos - nanos);
    }
}
