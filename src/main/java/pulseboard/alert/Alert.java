package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One rule for one key of one board: not reached, on the way to it, or firing. Not thread-safe. */
final class Alert {

    private final String board;
    private final Rule rule;
    private final String key;
    private final LongSupplier clock;
    private final Map<Level, Hold> holds = new EnumMap<>(Level.class);
    private @Nullable Object value;
    private @Nullable Level level;
    private boolean isUnknown;
    private long firingSince;

    Alert(String board, Rule rule, String key, LongSupplier clock) {
        this.clock = clock;
        this.board = board;
        this.rule = rule;
        this.key = key;
        rule.levels().forEach((each, threshold) -> holds.put(each, new Hold(threshold)));
    }

    Rule rule() {
        return rule;
    }

    String board() {
        return board;
    }

    String key() {
        return key;
    }

    /** The level at which it fires; nothing while it does not. */
    Optional<Level> level() {
        return Optional.ofNullable(level);
    }

    long firingSince() {
        return firingSince;
    }

    /** Whether time alone may change it. */
    boolean isWaiting() {
        return holds.values().stream().anyMatch(Hold::isWaiting);
    }

    /** Whether it is of no interest any more. */
    boolean isOver() {
        return level == null && !isWaiting();
    }

    /**
     * Takes the value as it is at this time.
     *
     * @param newest null when it is not known: no data is not good news
     */
    void judge(@Nullable Object newest, long now) {
        holds.values().forEach(hold -> hold.judge(newest, now));
        isUnknown = newest == null;
        value = newest == null ? value : newest;
        Level before = level;
        level = highest();
        if (before == null && level != null) {
            firingSince = clock.getAsLong();
        }
    }

    private @Nullable Level highest() {
        Level highest = null;
        for (Map.Entry<Level, Hold> each : holds.entrySet()) {
            if (each.getValue().isOn()) {
                highest = each.getKey(); // In the order of the levels.
            }
        }
        return highest;
    }

    /** One clause for people. */
    String text() {
        String said = rule.info()
                .text()
                .replace("{{key}}", key)
                .replace("{{value}}", Figures.text(rule.path().get(rule.path().size() - 1), value));
        return isUnknown ? said + " (by the last figure that is known)" : said;
    }

    /** A name that it has again after a restart. */
    String id() {
        return board + "/" + rule.name() + (key.isEmpty() ? "" : "/" + key);
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("board", board, "rule", rule.name(), "section", rule.section())
                .put("state", level == null ? "pending" : "firing")
                .put("text", text())
                .put("help", rule.info().help());
        if (!key.isEmpty()) {
            json.put("key", key);
        }
        if (level != null) {
            json.put("level", level.text()).put("firingSince", firingSince);
        }
        return isUnknown ? json.put("unknown", true) : json;
    }
}
