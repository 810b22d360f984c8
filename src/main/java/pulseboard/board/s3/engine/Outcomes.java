package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import pulseboard.board.s3.wire.S3Failure;

/** Notes what became of files. Thread-safe. */
final class Outcomes {

    private final RunState state;
    private final JobStore store;

    Outcomes(RunState state, JobStore store) {
        this.state = state;
        this.store = store;
    }

    /** Has the server forget what there is of it. */
    void giveUp(Multipart large) throws InterruptedException {
        try {
            large.abort();
            store.ended(large.entry().file().key());
        } catch (IOException e) {
            state.warnings.add(
                    large.entry().file().path(),
                    "notAborted",
                    "its parts are still on the server; a later run goes on");
        }
    }

    /** It is in the bucket, and verified. */
    void uploaded(PlanEntry entry, Stamp stamp, String etag, double seconds) {
        store.remember(entry.file().key(), stamp, etag);
        state.tally.resized(entry.file().stamp().bytes(), stamp.bytes());
        state.tally.uploaded(stamp.bytes());
        state.finished(entry.file().path(), stamp.bytes(), seconds, "uploaded");
    }

    /** It is not in the bucket as it is here. */
    void failed(PlanEntry entry, S3Failure failure) {
        LocalFile file = entry.file();
        boolean isConflict = failure.code().equals("conflict");
        state.tally.failed(file.stamp().bytes(), isConflict);
        state.errors.add(file.path(), failure.code(), failure.words());
        state.finished(file.path(), file.stamp().bytes(), 0, isConflict ? "conflict" : "failed");
    }

    /** The program itself failed. */
    static S3Failure internal(Throwable why) {
        return new S3Failure("internal", "the engine cannot go on: " + why, why);
    }

    /** What went wrong, as a code and a sentence. */
    static S3Failure inWords(IOException why) {
        if (why instanceof S3Failure known) {
            return known;
        }
        if (why instanceof NoSuchFileException) {
            return new S3Failure("vanished", "the file is not there any more", why);
        }
        return new S3Failure("cannotRead", "the file cannot be read: " + why.getMessage(), why);
    }
}
