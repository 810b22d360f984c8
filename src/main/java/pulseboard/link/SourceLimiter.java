package pulseboard.link;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** How much one machine may have us do in the long run, whichever connections it comes by: to link again is no way around it. */
final class SourceLimiter {

    private static final int BYTES_PER_SECOND = 512 << 10;
    private static final int BURST_BYTES = 4 << 20;

    /** A message costs some time, however short it is. */
    private static final int LEAST_BYTES = 256;

    /** To write a state out costs less than to read and to apply it. */
    private static final int LOOKING = 4;

    private static final int LINES_AT_ONCE = 20;
    private static final int MOST_NAMES = 64;

    private final MessageRate bytes;
    private final MessageRate lines;
    private final Set<String> names = new HashSet<>();

    /** The clock is that of {@link System#nanoTime()}. */
    SourceLimiter(LongSupplier nanos) {
        bytes = new MessageRate(BYTES_PER_SECOND, BURST_BYTES, nanos);
        lines = new MessageRate(1, LINES_AT_ONCE, nanos);
    }

    /**
     * A message of so many bytes came.
     *
     * @throws LinkRefusal when there were too many lately
     */
    void took(int length) {
        pay(Math.max(LEAST_BYTES, length));
    }

    /**
     * A state of so many bytes has to be looked at whole.
     *
     * @throws LinkRefusal when there was too much of that lately
     */
    void looksAt(int length) {
        pay(length / LOOKING);
    }

    private void pay(int cost) {
        if (!bytes.take(cost)) {
            throw LinkRefusal.tooMuch("it sends more than " + BYTES_PER_SECOND + " bytes a second");
        }
    }

    /** Whether one more line about it may be written into the log. */
    boolean mayTell() {
        return lines.take();
    }

    /**
     * A board of this name comes. Each that ever came may have a history that stays.
     *
     * @throws LinkRefusal when there were too many others
     */
    void brings(String name) {
        if (names.size() >= MOST_NAMES && !names.contains(name)) {
            throw LinkRefusal.tooMuch("it had more than " + MOST_NAMES + " boards");
        }
        names.add(name);
    }
}
