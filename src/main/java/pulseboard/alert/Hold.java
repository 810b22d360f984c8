package pulseboard.alert;

import org.jspecify.annotations.Nullable;
import pulseboard.alert.Condition.How;

/** Whether one threshold is reached, by the values as they come: both ways only after its time. Not thread-safe. */
final class Hold {

    private static final long NEVER = Long.MIN_VALUE;

    private final Threshold threshold;
    private final @Nullable Counter counter;
    private boolean isOn;
    private long since = NEVER;
    private long missingSince = NEVER;

    Hold(Threshold threshold) {
        this.threshold = threshold;
        How how = threshold.when().how();
        counter = how == How.RISES || how == How.CHANGES ? new Counter(threshold.when()) : null;
    }

    boolean isOn() {
        return isOn;
    }

    Threshold threshold() {
        return threshold;
    }

    /** As it was before a restart. */
    void resume() {
        isOn = true;
    }

    /** Whether it is on its way to be reached. */
    boolean isPending() {
        return !isOn && since != NEVER;
    }

    /**
     * When time alone may change it next: 0 where that is at any moment, {@link Long#MAX_VALUE} where it does not. What has to be known
     * again for it waits no longer than its time either.
     */
    long dueAt() {
        if (counter != null && counter.isMoving()) {
            return 0;
        }
        if (since == NEVER) {
            return Long.MAX_VALUE;
        }
        return missingSince == NEVER
                ? since + (isOn ? threshold.clearForMilliseconds() : threshold.forMilliseconds())
                : missingSince + threshold.forMilliseconds();
    }

    /** When what it waits for began. */
    long since() {
        return since;
    }

    /** The clock was set: all that waits goes on as if it had not been. */
    void shift(long milliseconds) {
        since = since == NEVER ? NEVER : since + milliseconds;
        missingSince = missingSince == NEVER ? NEVER : missingSince + milliseconds;
    }

    /** What is compared when this is the value. */
    @Nullable
    Object measured(@Nullable Object value, long now) {
        return counter == null ? value : counter.take(value, now);
    }

    /**
     * Takes the value as it is at this time.
     *
     * @param value as {@link #measured} has it. Null or {@link Condition#UNKNOWN} when it is not known: what is reached stays so;
     *     what is on the way waits, for its own time at most, and that does not count
     */
    void judge(@Nullable Object value, long now) {
        if (value == Condition.OFF) {
            turn(isOn, now);
        } else if ((value == null || value == Condition.UNKNOWN)
                && !threshold.when().how().isOfPresence()) {
            miss(now);
        } else {
            if (missingSince != NEVER) {
                since = since == NEVER ? NEVER : since + now - missingSince;
                missingSince = NEVER;
            }
            turn(isOn ? threshold.until().holds(value) : threshold.when().holds(value), now);
        }
    }

    private void miss(long now) {
        if (isOn || since == NEVER) {
            since = NEVER;
            missingSince = NEVER;
        } else if (missingSince == NEVER) {
            missingSince = now;
        } else if (now - missingSince >= threshold.forMilliseconds()) {
            since = NEVER;
            missingSince = NEVER;
        }
    }

    private void turn(boolean isTurning, long now) {
        if (!isTurning) {
            since = NEVER;
            missingSince = NEVER;
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
