package pulseboard.web;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warnings about what viewers do: at most one line every {@value #INTERVAL_SECONDS} s, so that nobody can fill a disk from
 * outside. The line says how many were left out before it.
 */
final class Warnings {

    static final int INTERVAL_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);
    private static final int MOST_CHARACTERS = 200;

    private final LongSupplier nanoClock;
    private long quietUntilNanos;
    private long brokeQuietUntilNanos;
    private int brokeLeftOut;
    private int leftOut;
    private long refused;

    Warnings(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.quietUntilNanos = nanoClock.getAsLong();
        this.brokeQuietUntilNanos = quietUntilNanos;
    }

    /**
     * Warns that something was refused.
     *
     * @param detail what the viewer sent: untrusted, so it is shortened and stripped of control, format and line characters
     */
    void refused(String what, String detail) {
        refused++;
        say("Refused", what, detail);
    }

    /** Warns that something was ended that had been accepted. */
    void closed(String what, String why) {
        say("Closed", what, why);
    }

    /** Says that a request failed by a fault of our own: rarely, too, as whoever found one may ask for it again and again. */
    void broke(String request, @Nullable Throwable failure) {
        long now = nanoClock.getAsLong();
        if (now - brokeQuietUntilNanos < 0) {
            brokeLeftOut++;
            return;
        }
        brokeQuietUntilNanos = now + TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS);
        LOG.error("{} failed ({} more since the last such line)", clean(request), brokeLeftOut, failure);
        brokeLeftOut = 0;
    }

    /** How often something was refused. */
    long refused() {
        return refused;
    }

    private void say(String verb, String what, String detail) {
        long now = nanoClock.getAsLong();
        if (now - quietUntilNanos < 0) {
            leftOut++;
            return;
        }
        quietUntilNanos = now + TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS);
        LOG.warn("{} {}: {} ({} more since the last such line)", verb, what, clean(detail), leftOut);
        leftOut = 0;
    }

    /** Warns that something failed on what a viewer sent, where only the library could have refused it. */
    void failed(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        refused("what no handler took", trace.length == 0 ? failure.toString() : failure + " at " + trace[0]);
    }

    private static String clean(String detail) {
        String text = detail.length() > MOST_CHARACTERS ? detail.substring(0, MOST_CHARACTERS) + "…" : detail;
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
