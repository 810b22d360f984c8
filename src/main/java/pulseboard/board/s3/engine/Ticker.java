package pulseboard.board.s3.engine;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Does something now and then until it is stopped, on a thread of its own. */
final class Ticker {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "s3-state");
        made.setDaemon(true);
        return made;
    });
    private final Runnable task;
    private final long milliseconds;

    Ticker(Runnable task, long milliseconds) {
        this.task = task;
        this.milliseconds = milliseconds;
    }

    void start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(task, milliseconds, milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Returns when what was under way is over. */
    void stop() throws InterruptedException {
        thread.shutdown();
        boolean unused = thread.awaitTermination(milliseconds * 10, TimeUnit.MILLISECONDS);
    }
}
