package pulseboard.machine;

import java.util.function.LongSupplier;

/** A nano clock that moves only when it is told to. */
public final class FakeClock implements LongSupplier {

    private long nanos = 123_456_789_000L;

    @Override
    public long getAsLong() {
        return nanos;
    }

    /** Moves it on. */
    public void passSeconds(double seconds) {
        nanos += Math.round(seconds * 1e9);
    }
}
