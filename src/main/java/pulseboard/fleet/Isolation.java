package pulseboard.fleet;

import java.util.concurrent.TimeUnit;

/**
 * Whether this program itself has lost its network: more than half of the machines, and of at least four, fell silent within 10 s.
 * Then nothing can be said of any of them, until half are heard again. Not thread-safe.
 */
final class Isolation {

    private static final int LEAST_HOSTS = 4;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private boolean isIsolated;

    /**
     * Looks anew.
     *
     * @param heardNanos when each machine that has been heard of since the start, and did not leave on purpose, was heard last
     */
    boolean look(long[] heardNanos, long now) {
        int silent = 0;
        int together = 0;
        long newest = Long.MIN_VALUE;
        for (long heard : heardNanos) {
            if (now - heard > Liveness.LIVE_NANOS) {
                silent++;
                newest = Math.max(newest, heard);
            }
        }
        for (long heard : heardNanos) {
            together += now - heard > Liveness.LIVE_NANOS && newest - heard <= WINDOW_NANOS ? 1 : 0;
        }
        if (isIsolated) {
            isIsolated = 2 * silent > heardNanos.length;
        } else {
            isIsolated = heardNanos.length >= LEAST_HOSTS && 2 * together > heardNanos.length;
        }
        return isIsolated;
    }
}
