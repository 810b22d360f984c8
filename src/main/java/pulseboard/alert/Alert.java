package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pulseboard.alert.Transition.Kind;

/**
 * One rule for one key: not reached, on the way to it, or firing. What becomes of it is told to {@link Told}. All times are Unix
 * milliseconds. Not thread-safe.
 */
final class Alert {

    private final Rule rule;
    private final String key;
    private final String id;
    private final Told told;
    private final Judgement judgement;
    private final Flapping flapping = new Flapping();

    /** As it is by its condition. */
    private @Nullable Level level;

    /** As it was told last; while it comes and goes, it stays. */
    private @Nullable Level open;

    private @Nullable Level worst;
    private @Nullable Acknowledgement acknowledgement;
    private boolean isUnknown;
    private long since;
    private long firingSince;
    private String cause = "";
    private boolean wasKept;
    private boolean isTooEarly;

    Alert(Rule rule, String key, Told told) {
        this.rule = rule;
        this.key = key;
        this.told = told;
        this.id = AlertId.of(rule.board(), rule.name(), key);
        this.judgement = new Judgement(rule);
    }

    Rule rule() {
        return rule;
    }

    String key() {
        return key;
    }

    String id() {
        return id;
    }

    /** The level at which it fires; nothing while it does not. */
    Optional<Level> level() {
        return Optional.ofNullable(open);
    }

    /** Whether time alone may change it. */
    boolean isWaiting() {
        return dueAt() != Long.MAX_VALUE;
    }

    /** When time alone may change it next, as {@link Hold#dueAt()} has it. */
    long dueAt() {
        long seenUntil = acknowledgement == null ? 0 : acknowledgement.until();
        long due = Math.min(judgement.dueAt(), seenUntil > 0 ? seenUntil : Long.MAX_VALUE);
        return isTooEarly ? 0 : Math.min(due, flapping.dueAt());
    }

    /** Whether there is something to see. */
    boolean isShown() {
        return open != null || judgement.isPending();
    }

    /** Whether it is of no interest any more. */
    boolean isOver() {
        return !isShown() && !isWaiting() && !rule.isRemembering();
    }

    /** Whether something of it has to be kept over a restart. */
    boolean isKept() {
        return open != null || !flapping.isOver() || (rule.isEvent() && judgement.value() != null);
    }

    /** Who is to blame, as far as that is known. */
    void blame(String busiest) {
        cause = busiest;
    }

    /**
     * Takes the value as it is at this time.
     *
     * @param newest as {@link Rule#value} has it
     * @param beside what is there beside it
     */
    void judge(@Nullable Object newest, JsonObject beside, long now) {
        boolean isThere = newest != null && newest != Condition.UNKNOWN;
        if (rule.isEvent()) {
            if (newest != null && isThere && newest != Condition.OFF) {
                compare(newest, now);
            }
            pass(now);
            return;
        }
        isTooEarly = !isThere && rule.isOfAbsence() && told.isStarting();
        if (!isTooEarly) {
            judgement.take(newest, beside, now);
            since = open == null && judgement.isPending() ? judgement.pendingSince() : since;
            become(judgement.level(), now);
            miss(judgement.isMissing());
        }
        pass(now);
    }

    /** Something happened if it is another than before. */
    private void compare(Object newest, long now) {
        Object before = judgement.value();
        if (newest.equals(before)) {
            return;
        }
        judgement.value(newest);
        if (before != null) {
            begin(rule.levels().keySet().iterator().next(), now);
            told.told(this, Kind.FIRING);
            end(Kind.RESOLVED);
        }
        told.changed(this);
    }

    private void become(@Nullable Level next, long now) {
        if (Objects.equals(next, level)) {
            return;
        }
        Level before = level;
        level = next;
        boolean isTooOften = flapping.changed(now);
        if (open == null) {
            begin(Objects.requireNonNull(next, "level"), now);
        }
        boolean isWorse = next != null && next.compareTo(Objects.requireNonNull(worst)) > 0;
        worst = isWorse ? next : worst;
        open = next == null ? open : next;
        if (flapping.isOn()) {
            tell(isTooOften ? Kind.FLAPPING : isWorse ? Kind.RAISED : null);
        } else if (next == null) {
            end(Kind.RESOLVED);
        } else {
            tell(before == null ? Kind.FIRING : next.compareTo(before) > 0 ? Kind.RAISED : Kind.LOWERED);
        }
        told.changed(this);
    }

    private void begin(Level next, long now) {
        open = next;
        worst = next;
        firingSince = now;
        since = since == 0 ? now : since;
    }

    private void tell(@Nullable Kind kind) {
        acknowledgement = kind == Kind.RAISED ? null : acknowledgement;
        if (kind != null) {
            told.told(this, kind);
        }
    }

    private void miss(boolean isMissing) {
        if (open != null && isMissing != isUnknown) {
            isUnknown = isMissing;
            told.told(this, isMissing ? Kind.UNKNOWN : Kind.KNOWN);
            told.changed(this);
        }
    }

    /** Tells what goes by without a new value. */
    private void pass(long now) {
        if (flapping.calmed(now)) {
            if (level == null) {
                end(Kind.RESOLVED);
            }
            told.changed(this);
        }
        if (acknowledgement != null && acknowledgement.isOver(now)) {
            acknowledgement = null;
            told.changed(this);
        }
        if (wasKept && !isKept()) {
            told.changed(this);
        }
        wasKept = isKept();
        since = isShown() ? since : 0;
    }

    /** What it is about, or its rule, is gone. */
    void expire() {
        if (open != null) {
            end(Kind.EXPIRED);
        }
        flapping.forget();
        judgement.value(null);
        told.changed(this);
    }

    private void end(Kind kind) {
        told.told(this, kind);
        open = null;
        worst = null;
        acknowledgement = null;
        isUnknown = false;
        since = 0;
        firingSince = 0;
        cause = "";
    }

    /** Somebody has seen it; it has to be firing. */
    void acknowledge(Acknowledgement by) {
        acknowledgement = by;
        told.told(this, Kind.ACKNOWLEDGED);
        told.changed(this);
    }

    /** The clock was set: all that waits goes on as if it had not been. */
    void shift(long milliseconds) {
        judgement.shift(milliseconds);
        flapping.shift(milliseconds);
    }

    /** One clause for people. */
    String text(long now) {
        return Times.filled(judgement.text(key).text(), since, now)
                + (cause.isEmpty() ? "" : ": " + cause)
                + (isUnknown ? " (by the last figure that is known)" : "");
    }

    /** As it is on the board. */
    JsonObject toJson(long now) {
        JsonObject json = JsonObject.of("board", rule.board(), "rule", rule.name(), "section", rule.section())
                .put("watch", rule.watch().text())
                .put("state", open == null ? "pending" : "firing")
                .put("text", text(now))
                .put("help", Times.filled(judgement.text(key).help(), since, now));
        Put.unlessEmpty(json, "key", key);
        Put.unlessEmpty(json, "of", rule.of() == null ? "" : rule.of().text());
        Put.unlessEmpty(json, "route", rule.texts().route());
        Put.unlessEmpty(json, "repeat", rule.texts().repeat());
        if (since > 0) {
            json.put("since", since);
        }
        judgement.addTo(json, open);
        return open == null || worst == null ? json : withLevel(json, open, worst);
    }

    private JsonObject withLevel(JsonObject json, Level now, Level atWorst) {
        json.put("level", now.text()).put("worst", atWorst.text()).put("firingSince", firingSince);
        if (acknowledgement != null) {
            acknowledgement.addTo(json);
        }
        if (flapping.isOn()) {
            json.put("flapping", true);
        }
        return isUnknown ? json.put("unknown", true) : json;
    }

    /** What has to be known of it after a restart. */
    JsonObject toRecord(long now) {
        JsonObject record = JsonObject.of("board", rule.board(), "rule", rule.name(), "key", key)
                .put("on", judgement.on())
                .put("recent", flapping.toJson());
        if (rule.isEvent() && judgement.value() != null) {
            record.put("last", judgement.value());
        }
        return open == null ? record : record.put("alert", toJson(now));
    }

    /** Takes up what {@link #toRecord} wrote. */
    void resume(JsonObject record) {
        JsonObject alert = record.getJsonObject("alert", new JsonObject());
        JsonArray on = record.getJsonArray("on", new JsonArray());
        flapping.resume(record.getJsonArray("recent", new JsonArray()), alert.getBoolean("flapping", false));
        judgement.resume(on, rule.isEvent() ? record.getValue("last") : alert.getValue("value"));
        wasKept = true;
        if (!alert.isEmpty() && !rule.isEvent()) {
            level = on.isEmpty() ? null : Level.of(on.getString(on.size() - 1));
            open = Level.of(alert.getString("level", "warning"));
            worst = Level.of(alert.getString("worst", "warning"));
            since = alert.getLong("since", 0L);
            firingSince = alert.getLong("firingSince", 0L);
            isUnknown = alert.getBoolean("unknown", false);
            acknowledgement = alert.containsKey("acknowledgedBy") ? Acknowledgement.of(alert) : null;
        }
    }
}
