package pulseboard.board.uploads.rc;

/** rclone did not do what it was asked for, or did not answer. */
public final class RcFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean isNobodyThere;

    /**
     * Makes it.
     *
     * @param status the status of HTTP; 0 when nobody answered
     */
    public RcFailure(int status, String message) {
        this(status, message, false);
    }

    private RcFailure(int status, String message, boolean isNobodyThere) {
        super(message);
        this.status = status;
        this.isNobodyThere = isNobodyThere;
    }

    /** Nobody listens there. */
    static RcFailure nobodyThere(String message) {
        return new RcFailure(0, message, true);
    }

    /** Whether nobody listens there: it has ended, or not begun. */
    public boolean isNobodyThere() {
        return isNobodyThere;
    }

    /** The status of HTTP that it answered with; 0 when it did not answer. */
    public int status() {
        return status;
    }

    /** Whether nobody answered. */
    public boolean isSilent() {
        return status == 0;
    }
}
