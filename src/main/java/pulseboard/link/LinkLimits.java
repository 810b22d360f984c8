package pulseboard.link;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardHealth;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.KeptNumbers;

/**
 * How much is taken from the other end of a link: it is another machine, or a process that reads what others wrote. Bytes are
 * those of UTF-8 as they came.
 *
 * @param boards how many boards it may have
 * @param messageBytes the longest message, which is a whole state, and the largest state that changes may make
 * @param sourceBytes all states of one machine together
 * @param patchBytes the longest change, and the most facts of a board
 * @param depth levels of objects and arrays in a state
 * @param keys members of all objects and arrays in a state
 * @param keyCharacters the longest key
 * @param textCharacters the longest text
 * @param messagesPerSecond of one board, and of all that are about none, in the long run
 * @param burst the same at once
 */
record LinkLimits(
        int boards,
        int messageBytes,
        int sourceBytes,
        int patchBytes,
        int depth,
        int keys,
        int keyCharacters,
        int textCharacters,
        int messagesPerSecond,
        int burst) {

    static final LinkLimits DEFAULT = new LinkLimits(16, 512 << 10, 1 << 20, 64 << 10, 16, 20_000, 256, 4_096, 5, 30);

    /** Numbers of one board that the history keeps at most, whatever the board says. */
    private static final int MOST_SERIES = 1_000;

    private static final int MOST_ACTIONS = 64;
    private static final int MOST_PATTERNS = 64;
    private static final int TITLE_CHARACTERS = 64;

    /** What is too much in a document; nothing when it can be taken. */
    Optional<String> mistake(JsonObject document) {
        Walk walk = new Walk();
        walk.object(document, 1);
        return Optional.ofNullable(walk.mistake.isEmpty() ? null : walk.mistake);
    }

    /**
     * What a board of an agent may say of itself here: what it would have this program do is left out.
     *
     * @param isWorker whether it comes from a process of this machine, whose actions and resources hold
     * @throws LinkRefusal when it is too much
     */
    BoardInfo bounded(BoardInfo info, boolean isWorker) {
        if (info.title().length() > TITLE_CHARACTERS
                || info.kind().length() > TITLE_CHARACTERS
                || info.actions().size() > MOST_ACTIONS
                || info.resources().size() > MOST_ACTIONS
                || info.metrics().size() > MOST_ACTIONS
                || info.kept().patterns().size() > MOST_PATTERNS
                || info.kept().patterns().stream().anyMatch(pattern -> pattern.length() > keyCharacters)) {
            throw LinkRefusal.tooMuch("the board " + info.id() + " says too much of itself");
        }
        KeptNumbers kept = info.kept().atMost(MOST_SERIES);
        Map<String, ActionInfo> actions = isWorker ? info.actions() : Map.of();
        return new BoardInfo(
                info.id(),
                info.title(),
                info.kind(),
                info.version(),
                info.isOnDemand(),
                info.kept().mostSeries() > 0 && info.kept().mostSeries() < MOST_SERIES ? info.kept() : kept,
                false,
                info.hasFacts(),
                actions,
                isWorker ? info.resources() : List.of(),
                List.of(), // Badges and widgets are of this machine.
                isWorker ? info.rules() : List.of(), // An agent's machine is judged there, and has metrics of its own.
                isWorker ? info.metrics() : List.of(),
                BoardHealth.LIVE);
    }

    private final class Walk {

        private String mistake = "";
        private int count;

        private void object(JsonObject object, int level) {
            for (Map.Entry<String, Object> member : object) {
                if (member.getKey().length() > keyCharacters) {
                    mistake = "a key is longer than " + keyCharacters + " characters";
                }
                value(member.getValue(), level);
                if (!mistake.isEmpty()) {
                    return;
                }
            }
        }

        private void array(JsonArray array, int level) {
            for (Object element : array) {
                value(element, level);
                if (!mistake.isEmpty()) {
                    return;
                }
            }
        }

        private void value(@Nullable Object value, int level) {
            if (++count > keys) {
                mistake = "it has more than " + keys + " values";
            } else if (value instanceof String text && text.length() > textCharacters) {
                mistake = "a text is longer than " + textCharacters + " characters";
            } else if (value instanceof Number number && !Float.isFinite(number.floatValue())) {
                mistake = "a number is larger than any that is kept";
            } else if ((value instanceof JsonObject || value instanceof JsonArray) && level >= depth) {
                mistake = "it has more than " + depth + " levels";
            } else if (value instanceof JsonObject object) {
                object(object, level + 1);
            } else if (value instanceof JsonArray array) {
                array(array, level + 1);
            }
        }
    }
}
