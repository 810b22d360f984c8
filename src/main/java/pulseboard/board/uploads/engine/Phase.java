package pulseboard.board.uploads.engine;

import java.util.Locale;

/** What an uploader is at. */
enum Phase {
    /** No session yet. */
    IDLE,
    /** The folder is being listed. */
    LISTING,
    /** rclone is being started. */
    STARTING,
    /** rclone moves files. */
    UPLOADING,
    /** A stage has ended, the next has not begun. */
    BETWEEN,
    /** Somebody has paused it. */
    PAUSED,
    /** Something has to pass first: no account is ready, or files are tried again in a moment. */
    WAITING,
    /** The last session has ended well. */
    DONE,
    /** The last session has ended, and some files have not arrived. */
    FAILED,
    /** Somebody has stopped the last session. */
    STOPPED,
    /** rclone is gone. */
    LOST,
    /** No rclone of somebody else's listens there: it has ended, or not begun. */
    AWAY;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether no session goes on. */
    boolean isOver() {
        return this == IDLE
                || this == LISTING
                || this == DONE
                || this == FAILED
                || this == STOPPED
                || this == LOST
                || this == AWAY;
    }
}
