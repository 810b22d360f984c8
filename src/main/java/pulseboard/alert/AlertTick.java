package pulseboard.alert;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Does something when it is due, again and again: being woken is most of what judging a machine costs. Used on one context.
 */
final class AlertTick {

    /** A timer that would be so much too late is not worth a new one. */
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Vertx vertx;
    private final LongSupplier untilDue;
    private final Runnable job;
    private long atNanos;
    private long timer = -1;

    /** Makes one that waits until it is begun; it is asked how many milliseconds there are until the job is due, at least 1. */
    AlertTick(Vertx vertx, LongSupplier untilDue, Runnable job) {
        this.vertx = vertx;
        this.untilDue = untilDue;
        this.job = job;
    }

    /** Begins; returns itself. */
    AlertTick start() {
        set(untilDue.getAsLong());
        return this;
    }

    /** The job may be due sooner than it was. */
    void look() {
        long milliseconds = untilDue.getAsLong();
        if (atNanos - System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(milliseconds) > CLOSE_NANOS) {
            vertx.cancelTimer(timer);
            set(milliseconds);
        }
    }

    private void set(long milliseconds) {
        atNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        timer = vertx.setTimer(milliseconds, id -> {
            job.run();
            start();
        });
    }
}
