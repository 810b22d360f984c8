package pulseboard.board.uploads.engine;

/** What somebody may tell an uploader. */
public enum Command {
    /** Begins a session now. */
    START,
    /** Ends the session. */
    STOP,
    /** Stops what is under way until it is resumed. */
    PAUSE,
    /** Goes on after a pause. */
    RESUME,
    /** Lists the folder now. */
    LIST,
    /** Leaves what is under way for a later session. */
    SKIP_STAGE
}
