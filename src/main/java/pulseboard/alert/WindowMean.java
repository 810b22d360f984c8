package pulseboard.alert;

import org.jspecify.annotations.Nullable;

/** The mean of a value over a time that moves on; not known before it has been known for so long. Not thread-safe. */
final class WindowMean {

    private final long windowMilliseconds;
    private final WindowSum amounts;
    private final WindowSum durations;
    private @Nullable Double value;
    private long since;

    WindowMean(long windowMilliseconds) {
        this.windowMilliseconds = windowMilliseconds;
        this.amounts = new WindowSum(windowMilliseconds);
        this.durations = new WindowSum(windowMilliseconds);
    }

    /**
     * Takes the value from now on; the mean up to now.
     *
     * @param newest what is no number is not known
     * @return null while too little is known: less than nine tenths of the time
     */
    @Nullable
    Object take(@Nullable Object newest, long now) {
        if (value != null && now > since) {
            amounts.add(value * (now - since), now);
            durations.add((double) (now - since), now);
        }
        value = newest instanceof Number number ? number.doubleValue() : null;
        since = now;
        double amount = amounts.sum(now);
        double duration = durations.sum(now);
        return duration < windowMilliseconds * 0.9 ? null : (Object) (amount / duration);
    }

    /** Whether time alone may change it. */
    boolean isMoving() {
        return value != null || !durations.isEmpty();
    }

    void shift(long milliseconds) {
        since += milliseconds;
    }
}
