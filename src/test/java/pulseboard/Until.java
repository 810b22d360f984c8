package pulseboard;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Asks again and again, where nothing tells a test that another program, or a thread that nobody can wait for, has come as far.
 * The limit is for broken programs and says what was missing.
 */
public final class Until {

    private static final int SECONDS = 60;
    private static final int PAUSE_MILLISECONDS = 20;

    private Until() {}

    /** Returns as soon as it is so. */
    public static void isTrue(String what, Callable<Boolean> asked) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!asked.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + SECONDS + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
        }
    }
}
