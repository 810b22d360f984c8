package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.wire.S3Failure;

/** Does what is planned, with several threads: each has one request under way, of whichever file. */
final class Workers {

    private static final long LOOK_MILLISECONDS = 100;
    private static final long LARGE_BYTES = 16 << 20;
    private static final int MOST_AGAIN = 10_000;
    private static final int MOST_CHANGES = 2;

    private final PlanFile plan;
    private final RunState state;
    private final Job job;
    private final Controls controls;
    private final Outcomes outcomes;
    private final Deque<PlanEntry> again = new ArrayDeque<>();
    private final Set<Multipart> open = new LinkedHashSet<>();
    private final Crew crew = new Crew(this::work);
    private int busy;
    private boolean isLastPass;
    private @Nullable S3Failure fatal;

    /** What is needed to do it; no sender: nothing is sent, and only what would be is told. */
    record Job(
            Walk walk,
            JobStore store,
            @Nullable Sender sender,
            Comparison comparison,
            S3Config config,
            PlanListener listener) {}

    /** Told of each file that is to be sent. */
    interface PlanListener {
        void planned(PlanEntry entry);
    }

    Workers(PlanFile plan, RunState state, Job job, Controls controls) {
        this.plan = plan;
        this.state = state;
        this.job = job;
        this.controls = controls;
        this.outcomes = new Outcomes(state, job.store);
    }

    /** So many may work at once. */
    int most() {
        return job.config.maxWorkers();
    }

    /** From now on so many work; those that are too many end when they are done with what they have. */
    void target(int count) {
        crew.target(Math.min(count, most()));
    }

    /** Returns when there is nothing more to do. */
    void await() throws InterruptedException {
        crew.await();
    }

    /** What ended the run before all was done; null: nothing. */
    synchronized @Nullable S3Failure fatal() {
        return fatal;
    }

    private interface Task {
        void run(int slot) throws IOException, InterruptedException;
    }

    private void work(int slot) {
        try {
            while (!controls.isStopping() && !crew.isTooMany(slot)) {
                Task task = controls.isPaused() ? null : next();
                if (task != null) {
                    try {
                        task.run(slot);
                    } finally {
                        finished(slot);
                    }
                } else if (!awaitMore()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            stop(Outcomes.internal(e));
        }
    }

    private synchronized void finished(int slot) {
        state.end(slot);
        busy--;
    }

    private synchronized void stop(S3Failure why) {
        fatal = fatal == null ? why : fatal;
        controls.stop();
    }

    /** Parts of what is begun come first: so it is ended soon. */
    private synchronized @Nullable Task next() throws IOException {
        for (Multipart each : open) {
            int part = each.take();
            if (part > 0) {
                busy++;
                return slot -> part(each, part, slot);
            }
        }
        PlanEntry entry = plan.poll();
        if (entry == null && plan.isOver() && (isLastPass || (busy == 0 && open.isEmpty()))) {
            isLastPass = true; // All others are through.
            entry = again.poll();
        }
        if (entry == null) {
            return null;
        }
        PlanEntry taken = entry;
        busy++;
        return slot -> file(taken, slot);
    }

    @SuppressWarnings("WaitNotInLoop") // Whoever calls it looks again anyway.
    private boolean awaitMore() throws InterruptedException {
        if (controls.isPaused()) {
            Thread.sleep(LOOK_MILLISECONDS);
            return true;
        }
        if (plan.awaitMore(LOOK_MILLISECONDS)) {
            return true;
        }
        synchronized (this) {
            boolean isMore = busy > 0 || !open.isEmpty() || !again.isEmpty();
            if (isMore) {
                wait(LOOK_MILLISECONDS);
            }
            return isMore;
        }
    }

    private void file(PlanEntry entry, int slot) throws InterruptedException {
        long begun = System.nanoTime();
        PlanEntry decided = entry;
        try {
            if (!entry.isDecided()) {
                PlanEntry found = job.comparison.closely(entry);
                if (found == null) {
                    state.tally.decided();
                    state.tally.unchanged();
                    return;
                }
                decide(found);
                decided = found.decided();
            }
            if (!decided.action().equals(PlanEntry.AGAIN)) {
                job.listener.planned(decided);
            }
            if (job.sender != null) {
                send(job.sender, decided, new Turn(slot, begun));
            }
        } catch (IOException e) {
            failed(decided, e);
        }
    }

    private void decide(PlanEntry entry) {
        state.tally.planned(entry.file().stamp().bytes());
        state.tally.decided();
    }

    /** Which worker, and since when. */
    private record Turn(int slot, long begun) {}

    private void send(Sender sender, PlanEntry entry, Turn turn) throws IOException, InterruptedException {
        Path path = job.walk.locate(entry.file().path());
        Stamp stamp = Sender.stamp(path);
        if (stamp.bytes() > LARGE_BYTES) {
            begin(sender, entry, path, stamp);
            return;
        }
        Slot slot = new Slot(entry.file().path(), stamp.bytes());
        state.begin(turn.slot, slot);
        Whole whole = new Whole(sender, path, entry, slot);
        for (int change = 0; ; change++) {
            try {
                String etag = whole.send(stamp);
                state.tally.landed(slot.sent());
                outcomes.uploaded(entry, stamp, etag, (System.nanoTime() - turn.begun) / 1e9);
                return;
            } catch (S3Failure failure) {
                if (!failure.code().equals("changed") || change == MOST_CHANGES) {
                    state.tally.landed(slot.sent());
                    throw failure;
                }
                stamp = Sender.stamp(path);
            }
        }
    }

    private void begin(Sender sender, PlanEntry entry, Path path, Stamp stamp)
            throws IOException, InterruptedException {
        Multipart large = Multipart.begin(
                sender,
                job.store,
                entry,
                new Multipart.LocalPart(path, stamp, Multipart.partBytes(stamp.bytes(), job.config.partMebibytes())));
        state.tally.resumed(large.resumedBytes());
        synchronized (this) {
            open.add(large);
            notifyAll();
        }
        endIfOver(large); // An earlier run may have sent every part.
    }

    private void part(Multipart large, int number, int slot) throws InterruptedException {
        Slot what = large.slot(number);
        state.begin(slot, what);
        large.send(number, what);
        endIfOver(large);
    }

    private void endIfOver(Multipart large) throws InterruptedException {
        synchronized (this) {
            if (!large.isOver() || !open.remove(large)) {
                return;
            }
        }
        PlanEntry entry = large.entry();
        try {
            IOException failure = large.failure();
            if (failure != null) {
                throw failure;
            }
            String etag = large.complete();
            state.tally.landed(large.inFlightBytes());
            job.store.ended(entry.file().key());
            outcomes.uploaded(entry, large.stamp(), etag, large.workerSeconds());
        } catch (IOException e) {
            if (!controls.isStopping()) {
                outcomes.giveUp(large);
            }
            state.tally.landed(large.inFlightBytes());
            failed(entry, e);
        }
    }

    private void failed(PlanEntry entry, IOException why) {
        S3Failure failure = Outcomes.inWords(why);
        if (failure.code().equals("stopped")) {
            return; // The next run takes it.
        }
        if (failure.code().equals("retryBudget") || !job.walk.isThere()) {
            stop(failure.code().equals("retryBudget") ? failure : JobRun.folderGone(job.walk));
        }
        if (!isTriedAgain(entry, failure)) {
            if (!entry.isDecided()) {
                decide(entry);
            }
            outcomes.failed(entry, failure);
        }
    }

    /** Once all others are through, what may go well by then gets one more turn. */
    private synchronized boolean isTriedAgain(PlanEntry entry, S3Failure failure) {
        boolean isWorthIt = failure.isWorthARetry() || failure.code().equals("changed");
        if (!isWorthIt || isLastPass || again.size() >= MOST_AGAIN || controls.isStopping()) {
            return false;
        }
        again.add(entry.again());
        notifyAll();
        return true;
    }
}
