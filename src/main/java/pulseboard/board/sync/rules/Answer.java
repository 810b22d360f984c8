package pulseboard.board.sync.rules;

import java.util.Locale;

/**
 * What the coordinator says to an announced version.
 *
 * @param verdict what has become of it
 * @param seq the number of the change that it made; 0 where it made none
 */
public record Answer(Verdict verdict, long seq) {

    /** What can become of an announced version. */
    public enum Verdict {
        /** It is the head now. */
        ACCEPTED,
        /** The head knows it already. */
        STALE,
        /** The coordinator has forgotten a deletion that knew it: whoever still has it tells it as a new edit. */
        FORGOTTEN,
        /** Both were the same, or one was a deletion: one version now knows both. */
        MERGED,
        /** Both are kept, the other one under another name. */
        CONFLICT,
        /** Too many conflicts wait at this path: it stays as it is on that machine. */
        HELD;

        /** As it is on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
