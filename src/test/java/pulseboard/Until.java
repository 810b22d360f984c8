package pulseboard;

import io.vertx.core.json.DecodeException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Asks again and again, where nothing tells a test that another program, or a thread that nobody can wait for, has come as far.
 * The limit is for broken programs and says what was missing.
 */
public final class Until {

    private static final int SECONDS = 120;
    private static final int PAUSE_MILLISECONDS = 20;

    private Until() {}

    /** Returns as soon as it is so. What asks may look into a document for keys that are not there yet, or ask a program that does not answer yet: that is a no, and told when it never comes. */
    public static void isTrue(String what, Callable<Boolean> asked) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            Exception missing = null;
            try {
                if (asked.call()) {
                    return;
                }
            } catch (NullPointerException | DecodeException | IOException notThereYet) {
                missing = notThereYet;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + SECONDS + " s: " + what, missing);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
        }
    }
}
