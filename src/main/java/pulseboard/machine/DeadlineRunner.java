package pulseboard.machine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks one after the other, each within a deadline. They share one thread, so a tick costs one hand-over; if
 * one of them hangs, it is left behind on that thread and the rest goes on with another.
 */
public final class DeadlineRunner {

    private final Executor threads;
    private final long deadlineMilliseconds;
    private final long deadlineNanos;

    /** Runs tasks on these threads. */
    public DeadlineRunner(Executor threads, long deadlineMilliseconds) {
        this.threads = threads;
        this.deadlineMilliseconds = deadlineMilliseconds;
        this.deadlineNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMilliseconds);
    }

    /** Runs these tasks and waits until each has come back or is late. */
    public void run(List<? extends TimedTask> tasks) throws InterruptedException {
        List<? extends TimedTask> rest = tasks;
        while (!rest.isEmpty()) {
            Batch batch = new Batch(rest);
            threads.execute(batch);
            long left = deadlineNanos;
            while (left > 0) {
                if (batch.done.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
                left = deadlineNanos - (System.nanoTime() - batch.claimedNanos());
            }
            int current = batch.abandon();
            rest.get(current).late(deadlineMilliseconds);
            rest = rest.subList(current + 1, rest.size());
        }
    }

    private static final class Batch implements Runnable {
        private final CountDownLatch done = new CountDownLatch(1);
        private final List<? extends TimedTask> tasks;
        private int next;
        private long claimedNanos = System.nanoTime();
        private boolean abandoned;

        Batch(List<? extends TimedTask> tasks) {
            this.tasks = tasks;
        }

        @Override
        public void run() {
            for (int index = claim(); index >= 0; index = claim()) {
                tasks.get(index).run();
            }
            done.countDown();
        }

        /** The index of the task to run next, or -1 when there is none or somebody else does the rest. */
        private synchronized int claim() {
            claimedNanos = System.nanoTime();
            return abandoned || next == tasks.size() ? -1 : next++;
        }

        /** When the task that is under way began. */
        private synchronized long claimedNanos() {
            return claimedNanos;
        }

        /** Takes the rest away and returns the index of the task that is under way. */
        private synchronized int abandon() {
            abandoned = true;
            return Math.max(0, next - 1);
        }
    }
}
