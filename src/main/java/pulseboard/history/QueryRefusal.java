package pulseboard.history;

/** A query that cannot be answered; the message says why, and what would. */
final class QueryRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /** Makes one with the HTTP status that fits. */
    QueryRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
