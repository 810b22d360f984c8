package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A rule at work: its alerts by key, of which there are none while nothing is wrong. Not thread-safe. */
final class WatchedRule {

    private final Rule rule;
    private final Told told;
    private final boolean isForecast;
    private final boolean isRemembering;
    private final Condition[] begins;
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private Map<String, Long> forecasts = Map.of();

    WatchedRule(Rule rule, Told told) {
        this.rule = rule;
        this.told = told;
        isForecast = rule.isForecast(); // Asked at each change.
        isRemembering = rule.isRemembering();
        begins = rule.levels().values().stream().map(Threshold::when).toArray(Condition[]::new);
    }

    Rule rule() {
        return rule;
    }

    Collection<Alert> alerts() {
        return alerts.values();
    }

    /** Whether time alone may change one of them. */
    boolean isWaiting() {
        return isAny(Alert::isWaiting);
    }

    /** Whether there is something to see of one of them. */
    boolean isShown() {
        return isAny(Alert::isShown);
    }

    /** When time alone may next change one of its alerts of which there is something to see, as {@link Hold#dueAt()} has it. */
    long dueAt() {
        long due = Long.MAX_VALUE;
        for (Alert alert : alerts.values()) {
            due = alert.isShown() ? Math.min(due, alert.dueAt()) : due;
        }
        return due;
    }

    /** Whether one of its alerts is such; nothing is made for the many rules that have none. */
    private boolean isAny(Predicate<Alert> such) {
        return !alerts.isEmpty() && alerts.values().stream().anyMatch(such);
    }

    /** Takes up what was kept of one of its alerts. */
    void resume(JsonObject record) {
        Alert alert = new Alert(rule, record.getString("key", ""), told);
        alert.resume(record);
        alerts.put(alert.key(), alert);
    }

    /** Judges all keys; those that are gone altogether, such as a disk that was taken out, are no trouble any more. */
    void judge(JsonObject state, long now) {
        List<String> keys = rule.watch().keysIn(state);
        for (String key : keys) {
            judge(state, key, now);
        }
        if (rule.watch().isOne() || alerts.isEmpty()) {
            return;
        }
        // A whole part that is gone is unknown.
        boolean isKnown = rule.section().equals(ValuePath.ANY) || state.containsKey(rule.section());
        Set<String> there = new HashSet<>(keys);
        for (Alert alert : new ArrayList<>(alerts.values())) {
            if (!there.contains(alert.key())) {
                miss(alert, isKnown, now);
            }
        }
    }

    private void miss(Alert alert, boolean isKnown, long now) {
        if (isKnown && !rule.isOfAbsence()) {
            alert.expire();
            alerts.remove(alert.key());
        } else {
            judge(alert, Condition.UNKNOWN, new JsonObject(), now);
        }
    }

    /** Judges one key. */
    void judge(JsonObject state, String key, long now) {
        Object value = isForecast ? forecast(state, key, now) : rule.value(state, key);
        Alert alert = alerts.get(key);
        if (alert == null) {
            if (!isRemembering && !begins(value)) {
                return;
            }
            alert = new Alert(rule, key, told);
            alerts.put(key, alert);
        }
        JsonObject beside = rule.watch().parent(state, key);
        judge(alert, value, beside == null ? new JsonObject() : beside, now);
    }

    private boolean begins(@Nullable Object value) {
        for (Condition each : begins) {
            if (each.holds(value)) {
                return true;
            }
        }
        return false;
    }

    private void judge(Alert alert, @Nullable Object value, JsonObject beside, long now) {
        alert.judge(value, beside, now);
        if (alert.isOver() && !alert.isKept()) {
            alerts.remove(alert.key());
        }
    }

    /** When each key gets where the rule says, in Unix milliseconds. */
    void forecasts(Map<String, Long> keys) {
        forecasts = keys;
    }

    private Object forecast(JsonObject state, String key, long now) {
        Object value = rule.value(state, key);
        Long at = forecasts.get(key);
        if (value == Condition.OFF || at == null) {
            return value == Condition.OFF ? value : Condition.UNKNOWN;
        }
        return at == Long.MAX_VALUE ? Double.valueOf(Double.MAX_VALUE) : (Object) Math.max(0, (at - now) / 1_000.0);
    }

    /** Its rule is gone. */
    void expire() {
        alerts.values().forEach(Alert::expire);
        alerts.clear();
    }
}
