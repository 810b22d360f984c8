package pulseboard.history;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The results of queries since the last change: many who look at the same at once cost one. They are
 * forgotten when anything new is known, and are few. Not thread-safe.
 */
final class QueryCache {

    private static final int MOST = 16;
    private static final int MOST_CHARACTERS = 1 << 19;

    private final LongSupplier changes;
    private final Map<Key, String> texts = new HashMap<>();
    private long knownChanges;
    private int characters;

    private record Key(String format, Query query) {}

    /**
     * Knows none yet.
     *
     * @param changes a number that is another one whenever results may be
     */
    QueryCache(LongSupplier changes) {
        this.changes = changes;
    }

    /** The result of before, or a new one. */
    String get(String format, Query query, Supplier<String> made) {
        if (changes.getAsLong() != knownChanges) {
            knownChanges = changes.getAsLong();
            forget();
        }
        Key key = new Key(format, query);
        String known = texts.get(key);
        if (known != null) {
            return known;
        }
        String text = made.get();
        if (text.length() <= MOST_CHARACTERS / 4) {
            if (texts.size() >= MOST || characters + text.length() > MOST_CHARACTERS) {
                forget();
            }
            characters += text.length();
            texts.put(key, text);
        }
        return text;
    }

    private void forget() {
        texts.clear();
        characters = 0;
    }
}
