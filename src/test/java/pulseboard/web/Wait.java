package pulseboard.web;

import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what must come, and fails when it does not. The limits are for broken programs: none is ever reached else. */
final class Wait {

    static final int SECONDS = 120;

    private Wait() {}

    static <T> T on(Future<T> future) {
        return on(future, SECONDS);
    }

    static <T> T on(Future<T> future, int seconds) {
        try {
            return future.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came within " + seconds + " s", e);
        }
    }

    static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T element = queue.poll(SECONDS, TimeUnit.SECONDS);
            if (element == null) {
                throw new AssertionError("no " + what + " came within " + SECONDS + " s");
            }
            return element;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** For loops that would go on for ever, fed by heartbeats, if what they wait for never came. */
    static final class Deadline {
        private final String what;
        private final long ends = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);

        Deadline(String what) {
            this.what = what;
        }

        void check() {
            if (System.nanoTime() - ends > 0) {
                throw new AssertionError("no " + what + " came within " + SECONDS + " s");
            }
        }
    }
}
