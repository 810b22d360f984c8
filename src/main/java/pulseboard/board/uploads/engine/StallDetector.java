package pulseboard.board.uploads.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tells when files are under way and no byte of them has moved for too long. Not thread-safe. */
final class StallDetector {

    private final Job job;
    private final SessionBooks books;
    private final long limitNanos;
    private long finished = -1;
    private long bytes = -1;
    private long movedNanos;

    StallDetector(Job job, SessionBooks books) {
        this.job = job;
        this.books = books;
        limitNanos = TimeUnit.SECONDS.toNanos(job.config().stalledSeconds());
    }

    /** A stage begins. */
    void begin(long nanos) {
        finished = -1;
        movedNanos = nanos;
    }

    /** Looks at what is under way now; whether it has stalled. */
    boolean isStalled(long nanos) {
        long sum = 0;
        boolean isBusy = false;
        for (ActiveFiles.Active active : books.progress.active()) {
            sum += active.bytes(); // As rclone counts: what it sends again moves, too.
            isBusy = true;
        }
        if (!isBusy || sum != bytes || books.progress.finished() != finished) {
            finished = books.progress.finished();
            bytes = sum;
            movedNanos = nanos;
        }
        return limitNanos > 0 && nanos - movedNanos >= limitNanos;
    }

    /** Says so on the board, and returns the files that are stuck. */
    List<String> tell() {
        String why = "no byte for " + job.config().stalledSeconds() + " s, so the stage was stopped";
        books.errors.add("stalled", "", why, job.now());
        return books.progress.activePaths();
    }
}
