package pulseboard.board.s3.engine;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import pulseboard.board.s3.wire.RequestCounts;
import pulseboard.board.s3.wire.S3Failure;

/**
 * Does again what may go well a little later: up to {@value #ATTEMPTS} times, after any time up to half a second, one, two and so
 * on, so that those who failed together do not come back together. A run that only repeats itself is stopped. Thread-safe.
 */
final class Retry {

    static final int ATTEMPTS = 5;

    private static final double FIRST_SECONDS = 0.5;
    private static final double MOST_SECONDS = 60;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final double SHARE = 0.1;
    private static final long LEAST = 100;

    private final RequestCounts counts;
    private final Controls controls;
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();

    /** Something that may fail. */
    interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    /** Repeats nothing any more once this says that the run is being stopped. */
    Retry(RequestCounts counts, Controls controls) {
        this.counts = counts;
        this.controls = controls;
    }

    /** The result of the first attempt that goes well. */
    <T> T call(Attempt<T> attempt) throws IOException, InterruptedException {
        for (int failed = 0; ; failed++) {
            try {
                return attempt.make();
            } catch (S3Failure failure) {
                if (!failure.isWorthARetry() || failed + 1 == ATTEMPTS || controls.isStopping()) {
                    throw failure;
                }
                note(failure);
                pause(failure, failed);
            }
        }
    }

    private void note(S3Failure failure) throws S3Failure {
        long count = retried.incrementAndGet();
        if (failure.code().equals("slowDown")) {
            throttled.incrementAndGet();
        }
        if (count > LEAST && count > SHARE * counts.all()) {
            throw new S3Failure(
                    "retryBudget",
                    "more than a tenth of all requests had to be repeated; last: " + failure.words(),
                    failure);
        }
    }

    private void pause(S3Failure failure, int failed) throws InterruptedException {
        double most = Math.min(MOST_SECONDS, FIRST_SECONDS * Math.pow(2, failed));
        double seconds = Math.max(
                failure.retryAfterSeconds(), ThreadLocalRandom.current().nextDouble(most));
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long left = end - System.nanoTime(); left > 0 && !controls.isStopping(); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
        }
    }

    /** How many requests were repeated. */
    long retried() {
        return retried.get();
    }

    /** How many of those because the server asked for fewer. */
    long throttled() {
        return throttled.get();
    }
}
