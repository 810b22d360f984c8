package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.alert.Condition.How;

/**
 * A rule that has been understood.
 *
 * @param name lower-case letters, digits and hyphens
 * @param board whose state it looks at
 * @param watch where what it is about is
 * @param of where what that is divided by is; null: it is not divided
 * @param meanMilliseconds over which time its mean is looked at; 0: each value
 * @param levels from when on it is what
 * @param unless what switches it off; null: nothing
 * @param texts what is said, and by whom and how often
 * @param origin where it comes from: {@code board}, {@code page}, or a file
 */
record Rule(
        String name,
        String board,
        ValuePath watch,
        @Nullable ValuePath of,
        long meanMilliseconds,
        Map<Level, Threshold> levels,
        @Nullable Unless unless,
        Texts texts,
        String origin) {

    /**
     * What switches a rule off.
     *
     * @param where the value is, with the same key
     * @param condition what it must be
     */
    record Unless(ValuePath where, Condition condition) {}

    /**
     * What is said of it.
     *
     * @param text what is wrong; {@code {{key}}}, {@code {{value}}} and names of values beside it are filled in
     * @param help what to do about it
     * @param repeat how often it is told again; empty: as the route says
     * @param route who is told; empty: as routes say
     * @param cause who is to blame, see {@link Causes}; empty: nobody knows
     * @param metric the value in Prometheus's language; empty: there is none
     */
    record Texts(String text, String help, String repeat, String route, String cause, String metric) {}

    /** The part of the board that it looks at. */
    String section() {
        return watch.section();
    }

    /** Whether an alert has to be there before anything is wrong. */
    boolean isRemembering() {
        return meanMilliseconds > 0
                || levels.values().stream().anyMatch(each -> each.when().how().isRemembering());
    }

    /** Whether what is not there says something. */
    boolean isOfAbsence() {
        return isOf(How.ABSENT);
    }

    /** Whether it is about something that happens, and not about something that is. */
    boolean isEvent() {
        return isOf(How.DIFFERS);
    }

    /** Whether it looks ahead. */
    boolean isForecast() {
        return isOf(How.REACHES);
    }

    private boolean isOf(How how) {
        return levels.values().stream().anyMatch(each -> each.when().how() == how);
    }

    /**
     * What is judged: null where it is not there but what holds it is, {@link Condition#UNKNOWN} where nothing is known, and
     * {@link Condition#OFF} where it is switched off.
     */
    @Nullable
    Object value(JsonObject state, String key) {
        if (unless != null && unless.condition.holds(unless.where.get(state, key))) {
            return Condition.OFF;
        }
        JsonObject parent = watch.parent(state, key);
        if (parent == null) {
            return Condition.UNKNOWN;
        }
        Object value = parent.getValue(watch.last().equals(ValuePath.ANY) ? key : watch.last());
        return of == null || value == null ? value : quotient(value, of.get(state, key));
    }

    private static @Nullable Object quotient(Object value, @Nullable Object divisor) {
        return value instanceof Number above && divisor(divisor) != 0
                ? (Object) (above.doubleValue() / divisor(divisor))
                : null;
    }

    /** Of many things how many there are; 0 when it is not known. */
    private static double divisor(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : value instanceof JsonObject all ? all.size() : 0;
    }

    /** The paths that it looks at. */
    List<ValuePath> paths() {
        List<ValuePath> all = new ArrayList<>(List.of(watch));
        if (of != null) {
            all.add(of);
        }
        if (unless != null) {
            all.add(unless.where);
        }
        return all;
    }

    /** For the page: what it is, and where it comes from. */
    JsonObject toJson() {
        JsonObject json = JsonObject.of("name", name, "watch", board + ":" + watch.text(), "from", origin);
        levels.forEach((level, threshold) -> json.put(level.text(), threshold.text()));
        if (of != null) {
            json.put("of", of.text());
        }
        if (meanMilliseconds > 0) {
            json.put("mean", Times.text(meanMilliseconds));
        }
        if (unless != null) {
            json.put("unless", unless.where.text() + " " + unless.condition.text());
        }
        Put.unlessEmpty(json, "text", texts.text);
        Put.unlessEmpty(json, "help", texts.help);
        Put.unlessEmpty(json, "repeat", texts.repeat);
        Put.unlessEmpty(json, "route", texts.route);
        return json;
    }
}
