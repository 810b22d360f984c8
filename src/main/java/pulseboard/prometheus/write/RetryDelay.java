package pulseboard.prometheus.write;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next try: twice as long each time, up to a minute, or what the server asks for. */
final class RetryDelay {

    static final long LEAST_MILLISECONDS = 1_000;
    static final long MOST_MILLISECONDS = 60_000;
    private static final long MOST_ASKED_SECONDS = 600;

    private final RandomGenerator random;
    private long next = LEAST_MILLISECONDS;

    RetryDelay(RandomGenerator random) {
        this.random = random;
    }

    /** The last try succeeded. */
    void reset() {
        next = LEAST_MILLISECONDS;
    }

    /**
     * The delay after a further failure; up to a quarter more at random, so that a fleet does not come back at once.
     *
     * @param retryAfter the header of that name, in seconds; a date in it is not understood
     */
    long afterFailure(@Nullable String retryAfter) {
        long delay = next;
        next = Math.min(MOST_MILLISECONDS, next * 2);
        if (retryAfter != null && retryAfter.matches("\\d{1,9}")) {
            delay = Math.max(delay, Math.min(MOST_ASKED_SECONDS, Long.parseLong(retryAfter)) * 1_000);
        }
        return delay + random.nextLong(delay / 4 + 1);
    }
}
