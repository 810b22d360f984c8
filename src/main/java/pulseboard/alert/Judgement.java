package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the values of one key come to by one rule: which level is reached. Knows nothing of what is told. Not thread-safe. */
final class Judgement {

    private final Rule rule;
    private final Map<Level, Hold> holds = new EnumMap<>(Level.class);
    private final @Nullable WindowMean mean;
    private @Nullable Object value;
    private JsonObject neighbours = new JsonObject();
    private boolean isMissing;

    Judgement(Rule rule) {
        this.rule = rule;
        mean = rule.meanMilliseconds() > 0 ? new WindowMean(rule.meanMilliseconds()) : null;
        rule.levels().forEach((each, threshold) -> holds.put(each, new Hold(threshold)));
    }

    /**
     * Takes the value as it is at this time.
     *
     * @param newest as {@link Rule#value} has it
     * @param beside what is there beside it
     */
    void take(@Nullable Object newest, JsonObject beside, long now) {
        Object taken = mean == null || newest == Condition.OFF ? newest : mean.take(newest, now);
        Object shown = taken;
        for (Hold hold : holds.values()) {
            Object measured = hold.measured(taken, now);
            hold.judge(taken == Condition.OFF ? taken : measured, now);
            shown = measured;
        }
        isMissing = isMissing(taken);
        if (!isMissing && shown != Condition.OFF && shown != Condition.UNKNOWN && !isWordOfTheEnd(shown)) {
            value = shown;
            neighbours = beside;
        }
    }

    /** A word that is no trouble any more: what has ended is told with the one that was, for "the mount is broken: fine" is no sentence. */
    private boolean isWordOfTheEnd(@Nullable Object shown) {
        return value != null
                && (shown == null || shown instanceof String)
                && rule.levels().values().stream().noneMatch(each -> each.when().holds(shown));
    }

    private boolean isMissing(@Nullable Object taken) {
        if (taken == null) {
            return rule.levels().values().stream()
                    .noneMatch(each -> each.when().how().isOfPresence());
        }
        return taken == Condition.UNKNOWN && !rule.isOfAbsence();
    }

    /** Whether its figure is not there, so that what is known is that of before. */
    boolean isMissing() {
        return isMissing;
    }

    /** The newest value that is known. */
    @Nullable
    Object value() {
        return value;
    }

    void value(@Nullable Object known) {
        value = known;
    }

    /** The highest level that is reached. */
    @Nullable
    Level level() {
        Level highest = null;
        for (Map.Entry<Level, Hold> each : holds.entrySet()) {
            highest = each.getValue().isOn() ? each.getKey() : highest; // In the order of the levels.
        }
        return highest;
    }

    /** Whether a level is about to be reached. */
    boolean isPending() {
        return pendingLevel() != null;
    }

    /** The lowest level that is about to be reached. */
    @Nullable
    Level pendingLevel() {
        for (Map.Entry<Level, Hold> each : holds.entrySet()) {
            if (each.getValue().isPending()) {
                return each.getKey();
            }
        }
        return null;
    }

    /** When that began. */
    long pendingSince() {
        long since = Long.MAX_VALUE;
        for (Hold hold : holds.values()) {
            since = hold.isPending() ? Math.min(since, hold.since()) : since;
        }
        return since;
    }

    /** When time alone may change it next, as {@link Hold#dueAt()} has it. */
    long dueAt() {
        long due = mean != null && mean.isMoving() ? 0 : Long.MAX_VALUE;
        for (Hold hold : holds.values()) {
            due = Math.min(due, hold.dueAt());
        }
        return due;
    }

    /** The clock was set. */
    void shift(long milliseconds) {
        holds.values().forEach(hold -> hold.shift(milliseconds));
        if (mean != null) {
            mean.shift(milliseconds);
        }
    }

    /** Puts value and threshold into an alert that fires at this level, or at none yet. */
    void addTo(JsonObject alert, @Nullable Level open) {
        if (value instanceof Number || value instanceof String || value instanceof Boolean) {
            alert.put("value", value instanceof Double number ? (Object) Figures.rounded(number) : value);
        }
        Level next = open == null ? pendingLevel() : null;
        if (next != null) {
            alert.put("pendingLevel", next.text());
        }
        Threshold threshold = rule.levels().get(open == null ? next : open);
        if (threshold != null) {
            alert.put("threshold", threshold.when().text());
        }
    }

    /** What a rule says of it. */
    AlertText text(String key) {
        return new AlertText(rule, key, value, neighbours);
    }

    /** The levels that are reached. */
    JsonArray on() {
        JsonArray on = new JsonArray();
        holds.forEach((each, hold) -> {
            if (hold.isOn()) {
                on.add(each.text());
            }
        });
        return on;
    }

    /** As it was before a restart, as far as the rule still has these levels. */
    void resume(JsonArray on, @Nullable Object before) {
        value = before;
        for (Object each : on) {
            Hold hold = holds.get(Level.of(String.valueOf(each)));
            if (hold != null) {
                hold.resume();
            }
        }
    }
}
