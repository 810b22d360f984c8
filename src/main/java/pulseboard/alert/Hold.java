package pulseboard.alert;

import org.jspecify.annotations.Nullable;

/** Whether one threshold is reached, by the values as they come: both ways only after its time. Not thread-safe. */
final class Hold {

    private static final long NEVER = Long.MIN_VALUE;

    private final Threshold threshold;
    private boolean isOn;
    private long since = NEVER;

    Hold(Threshold threshold) {
        this.threshold = threshold;
    }

    boolean isOn() {
        return isOn;
    }

    /** Whether time alone may change it. */
    boolean isWaiting() {
        return since != NEVER;
    }

    /** When it began to be so, whatever it is now or is about to become. */
    long since() {
        return since;
    }

    /**
     * Takes the value as it is at this time.
     *
     * @param value null when it is not known: what is reached stays so, and what is not is not begun
     */
    void judge(@Nullable Object value, long now) {
        boolean isTurning =
                isOn ? threshold.until().holds(value) : threshold.when().holds(value);
        if (!isTurning) {
            since = NEVER;
            return;
        }
        if (since == NEVER) {
            since = now;
        }
        if (now - since >= (isOn ? threshold.clearForMilliseconds() : threshold.forMilliseconds())) {
            isOn = !isOn;
            since = NEVER;
        }
    }
}
