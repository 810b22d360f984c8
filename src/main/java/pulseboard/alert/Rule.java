package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.RuleInfo;

/**
 * A rule that has been understood.
 *
 * @param info as the board says it
 * @param path the keys of what is watched
 * @param levels from when on it is what
 * @param unlessKey the key beside what is watched that may switch it off; empty: none
 * @param unless what that must be
 */
record Rule(
        RuleInfo info,
        List<String> path,
        Map<Level, Threshold> levels,
        String unlessKey,
        @Nullable Condition unless) {

    private static final String ANY = "*";

    /**
     * Understands one.
     *
     * @throws IllegalArgumentException when it cannot be; the message says what is wrong
     */
    static Rule of(RuleInfo info) {
        Map<Level, Threshold> levels = new EnumMap<>(Level.class);
        put(levels, Level.WARNING, info.warning());
        put(levels, Level.CRITICAL, info.critical());
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("the rule " + info.name() + " has no level");
        }
        Deque<String> words = new ArrayDeque<>(Arrays.asList(info.unless().split("\\s+", -1)));
        String unlessKey = String.valueOf(words.pollFirst());
        List<String> path = List.of(info.watch().split("\\.", -1));
        return new Rule(info, path, levels, unlessKey, unlessKey.isEmpty() ? null : Threshold.condition(words));
    }

    private static void put(Map<Level, Threshold> levels, Level level, String text) {
        if (!text.isEmpty()) {
            levels.put(level, Threshold.of(text));
        }
    }

    /** Whether there is but one value. */
    boolean isOne() {
        return !path.contains(ANY);
    }

    String name() {
        return info.name();
    }

    /** The part of the board that it looks at. */
    String section() {
        return path.get(0);
    }

    /**
     * What it watches in a state, by the key of each; the key is empty where there is but one. Null where what has the key is
     * there, and the value is not.
     */
    Map<String, @Nullable Object> values(JsonObject state) {
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        find(state, 0, "", found);
        if (isOne()) {
            found.putIfAbsent("", null);
        }
        return found;
    }

    private void find(JsonObject parent, int depth, String key, Map<String, @Nullable Object> found) {
        String part = path.get(depth);
        if (depth == path.size() - 1) {
            if (!isSwitchedOff(parent)) {
                found.put(key, parent.getValue(part));
            }
        } else if (part.equals(ANY)) {
            parent.fieldNames().forEach(name -> descend(parent.getValue(name), depth, name, found));
        } else {
            descend(parent.getValue(part), depth, key, found);
        }
    }

    private void descend(@Nullable Object child, int depth, String key, Map<String, @Nullable Object> found) {
        if (child instanceof JsonObject object) {
            find(object, depth + 1, key, found);
        }
    }

    private boolean isSwitchedOff(JsonObject parent) {
        return unless != null && unless.holds(parent.getValue(unlessKey));
    }
}
