package pulseboard.alert.channel;

/** A message was not taken. What is said has no secrets in it. */
public final class ChannelFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean isForGood;
    private final long retryAfterSeconds;

    /**
     * Makes it.
     *
     * @param message what went wrong, with the other side's words where there are any
     * @param isForGood whether this message will never be taken, however often it is tried
     * @param retryAfterSeconds how long the other side wants to be left alone; 0 when it did not say
     */
    public ChannelFailure(String message, boolean isForGood, long retryAfterSeconds) {
        super(message);
        this.isForGood = isForGood;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Whether this message will never be taken, however often it is tried. */
    public boolean isForGood() {
        return isForGood;
    }

    /** How long the other side wants to be left alone; 0 when it did not say. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
