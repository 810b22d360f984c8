package pulseboard.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes guessing slow: after {@value #FREE_FAILURES} failures the next attempt has to wait a second, then twice as long each
 * time, up to {@value #MOST_SECONDS} s. Counted for each account and each {@link ClientBlock}, so that neither many addresses nor many
 * names help. Any thread may use it.
 */
public final class LoginDelays {

    static final int FREE_FAILURES = 3;
    static final int MOST_SECONDS = 60;

    private static final int MOST_KEYS = 10_000;
    private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(15);

    private record Failures(int count, long untilNanos) {}

    private final LongSupplier nanoClock;
    private final Map<String, Failures> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /** By this clock, which is that of {@link System#nanoTime()}. */
    public LoginDelays(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** How many seconds an attempt still has to wait, 0 if it need not; the longest of these keys. */
    public synchronized long secondsToWait(List<String> keys) {
        long now = nanoClock.getAsLong();
        long wait = 0;
        for (String key : keys) {
            Failures failures = byKey.get(key);
            if (failures != null) {
                wait = Math.max(wait, failures.untilNanos() - now);
            }
        }
        return TimeUnit.NANOSECONDS.toSeconds(wait + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    /** Counts a failure. */
    public synchronized void failed(List<String> keys) {
        long now = nanoClock.getAsLong();
        for (String key : keys) {
            Failures before = byKey.get(key);
            int count = before == null || now - before.untilNanos() > FORGET_NANOS ? 1 : before.count() + 1;
            byKey.put(key, new Failures(count, now + TimeUnit.SECONDS.toNanos(delaySeconds(count))));
        }
    }

    /** Forgets the failures of this key. */
    synchronized void succeeded(String key) {
        byKey.remove(key);
    }

    synchronized int size() {
        return byKey.size();
    }

    private static long delaySeconds(int failures) {
        int doublings = failures - FREE_FAILURES;
        return doublings < 0 ? 0 : Math.min(1L << Math.min(doublings, 30), MOST_SECONDS);
    }
}
