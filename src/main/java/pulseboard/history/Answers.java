package pulseboard.history;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The answers to questions that were asked since the last change: many who look at the same at once cost one answer. They are
 * forgotten when anything new is known, and are few. Not thread-safe.
 */
final class Answers {

    private static final int MOST = 16;
    private static final int MOST_CHARACTERS = 1 << 19;

    private final LongSupplier changes;
    private final Map<Asked, String> texts = new HashMap<>();
    private long knownChanges;
    private int characters;

    private record Asked(String format, Question question) {}

    /**
     * Knows none yet.
     *
     * @param changes a number that is another one whenever answers may be
     */
    Answers(LongSupplier changes) {
        this.changes = changes;
    }

    /** The answer of before, or a new one. */
    String get(String format, Question question, Supplier<String> made) {
        if (changes.getAsLong() != knownChanges) {
            knownChanges = changes.getAsLong();
            forget();
        }
        Asked asked = new Asked(format, question);
        String known = texts.get(asked);
        if (known != null) {
            return known;
        }
        String text = made.get();
        if (text.length() <= MOST_CHARACTERS / 4) {
            if (texts.size() >= MOST || characters + text.length() > MOST_CHARACTERS) {
                forget();
            }
            characters += text.length();
            texts.put(asked, text);
        }
        return text;
    }

    private void forget() {
        texts.clear();
        characters = 0;
    }
}
