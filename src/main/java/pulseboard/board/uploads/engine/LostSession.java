package pulseboard.board.uploads.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What comes after an rclone that was lost in the middle of a stage: a pause, which grows while nothing arrives, and in which arrives what was on its
 * way; then what it has left half is taken away; then a session of its own may go on with what still waits. Not thread-safe.
 */
final class LostSession {

    private static final long PAUSE_MILLISECONDS = 2_000;
    private static final long MOST_PAUSE_MILLISECONDS = 600_000;
    private static final int MOST_DOUBLINGS = 10;

    private @Nullable Recovery recovery;
    private boolean isLooking;
    private long endsAt;
    private int losses;

    boolean isThere() {
        return recovery != null;
    }

    /** Looks whether a session that has ended was lost, and begins then. */
    boolean begins(SessionRun ended, long now) {
        Recovery found = ended.recovery().orElse(null);
        recovery = found;
        if (found == null) {
            losses = 0;
            return false;
        }
        losses = ended.books.progress.count("uploaded") > 0 ? 1 : losses + 1;
        endsAt = now + Math.min(MOST_PAUSE_MILLISECONDS, PAUSE_MILLISECONDS << Math.min(losses, MOST_DOUBLINGS));
        isLooking = false;
        return true;
    }

    /** Goes on; true, once, when it is done. */
    boolean isOver(long now) throws IOException {
        Recovery ended = recovery;
        if (ended == null || now < endsAt) {
            return false;
        }
        if (!isLooking) {
            ended.start();
            isLooking = true;
        }
        try {
            if (ended.look()) {
                recovery = null;
                return true;
            }
            return false;
        } catch (IOException e) {
            ended.start();
            throw e;
        }
    }
}
