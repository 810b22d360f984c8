package pulseboard.alert;

import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * Does something each second, and each 5 s while nothing is about to change: being woken is most of what judging a machine costs. Used
 * on one context.
 */
final class AlertTick {

    private static final long MILLISECONDS = 1_000;
    private static final long CALM_MILLISECONDS = 5_000;

    private final Vertx vertx;
    private final BooleanSupplier isCalm;
    private final Runnable job;
    private boolean wasCalm;
    private long timer = -1;

    AlertTick(Vertx vertx, BooleanSupplier isCalm, Runnable job) {
        this.vertx = vertx;
        this.isCalm = isCalm;
        this.job = job;
    }

    /** Begins; returns itself. */
    AlertTick start() {
        wasCalm = isCalm.getAsBoolean();
        timer = vertx.setTimer(wasCalm ? CALM_MILLISECONDS : MILLISECONDS, id -> {
            job.run();
            start();
        });
        return this;
    }

    /** It may be calm no more: then the next time is within a second. */
    void look() {
        if (wasCalm && !isCalm.getAsBoolean()) {
            vertx.cancelTimer(timer);
            start();
        }
    }
}
