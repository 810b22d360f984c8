package pulseboard.auth;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for each thing that happened to access: who signed in, who could not, whose token is gone. */
public final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("pulseboard.audit");
    private static final int MOST_CHARACTERS = 80;

    private Audit() {}

    /**
     * Writes it.
     *
     * @param event what happened, such as {@code signed_in}
     * @param who the name that was given; untrusted
     * @param from the address that it came from, if it came from outside
     */
    public static void log(String event, @Nullable String who, String from) {
        LOG.info("{} name=\"{}\" from={}", event, who == null ? "" : clean(who), from);
    }

    /**
     * Writes that somebody told a board to do something.
     *
     * @param action the board and the action, with a slash between; untrusted
     * @param outcome {@code done}, or the word for why not
     */
    public static void acted(String action, String outcome, String who, String from) {
        LOG.info("acted action=\"{}\" outcome={} name=\"{}\" from={}", clean(action), outcome, clean(who), from);
    }

    private static String clean(String text) {
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\"]", "?");
    }
}
