package pulseboard.link;

import java.util.function.LongSupplier;

/** A <a href="https://en.wikipedia.org/wiki/Token_bucket">token bucket</a>: so many messages in a burst, and so many a second after that. */
final class MessageRate {

    private static final double NANOS = 1e9;

    private final int perSecond;
    private final int burst;
    private final LongSupplier nanos;
    private double left;
    private long lookedAt;

    /** Full at the beginning. The clock is that of {@link System#nanoTime()}. */
    MessageRate(int perSecond, int burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.left = burst;
        this.lookedAt = nanos.getAsLong();
    }

    /** Whether one more is within it. */
    boolean take() {
        return take(1);
    }

    /** Whether one more, which counts as so many, is within it. */
    boolean take(int cost) {
        long now = nanos.getAsLong();
        left = Math.min(burst, left + (now - lookedAt) / NANOS * perSecond);
        lookedAt = now;
        if (left < cost) {
            return false;
        }
        left -= cost;
        return true;
    }
}
