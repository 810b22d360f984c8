package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import pulseboard.alert.Condition.How;

/**
 * The lowest and the highest of each quarter of an hour of the history. Where even those reach no limit of a rule, and nothing fires or is
 * about to, a preview need not read anything finer.
 */
final class Outline {

    static final long STEP = TimeUnit.MINUTES.toMillis(15);

    /** What is read after a busy time, too: what fires has to be over, and forgotten. */
    private static final long AFTERWARDS = TimeUnit.HOURS.toMillis(1);

    /** One that knows nothing, so that all is read. */
    static final Outline NONE = new Outline(0, List.of(), new boolean[0]);

    private final long from;
    private final List<Column> columns;
    private final boolean[] isBusy;

    private record Column(String key, JsonArray most) {}

    private Outline(long from, List<Column> columns, boolean[] isBusy) {
        this.from = from;
        this.columns = columns;
        this.isBusy = isBusy;
    }

    /** Whether the lowest and the highest can say for a rule that it is not about to fire. */
    static boolean fits(Rule rule) {
        boolean isOne = rule.of() == null && rule.unless() == null && !rule.isRemembering();
        Set<How> ways = Set.copyOf(
                rule.levels().values().stream().map(each -> each.when().how()).toList());
        return isOne && (ways.equals(Set.of(How.ABOVE)) || ways.equals(Set.of(How.BELOW)));
    }

    /** Of an answer of the history whose step is {@link #STEP}; any other makes {@link #NONE}. */
    static Outline of(Rule rule, JsonObject answer) {
        if (answer.getLong("stepMilliseconds", 0L) != STEP || !fits(rule)) {
            return NONE;
        }
        long from = answer.getLong("from");
        boolean[] isBusy = new boolean[(int) ((answer.getLong("to") - from) / STEP)];
        boolean isBelow = rule.levels().values().iterator().next().when().how() == How.BELOW;
        List<Column> columns = new ArrayList<>();
        JsonObject series = answer.getJsonObject("series", new JsonObject());
        for (String name : series.fieldNames()) {
            JsonObject kinds = series.getJsonObject(name);
            columns.add(new Column(rule.watch().keyOf(name), kinds.getJsonArray("max", new JsonArray())));
            JsonArray extreme = kinds.getJsonArray(isBelow ? "min" : "max", new JsonArray());
            for (int quarter = 0; quarter < Math.min(isBusy.length, extreme.size()); quarter++) {
                Object value = extreme.getValue(quarter);
                isBusy[quarter] |= rule.levels().values().stream()
                        .anyMatch(each -> each.when().holds(value));
            }
        }
        return new Outline(from, columns, isBusy);
    }

    private int quarter(long at) {
        return (int) Math.floorDiv(at - from, STEP);
    }

    /** Until when nothing begins, counted from a moment on in whole quarters; that moment itself where something may. */
    long quietUntil(long at, long end) {
        long until = at;
        while ((until - from) % STEP == 0 && until + STEP <= end && isQuiet(quarter(until))) {
            until += STEP;
        }
        return until;
    }

    private boolean isQuiet(int quarter) {
        return quarter >= 0 && quarter < isBusy.length && !isBusy[quarter];
    }

    /** Until when it is worth to read on at once, from a moment on. */
    long busyUntil(long at) {
        if (isBusy.length == 0) {
            return Long.MAX_VALUE;
        }
        int quarter = quarter(at) + 1;
        while (quarter < isBusy.length && !isQuiet(quarter)) {
            quarter++;
        }
        return from + quarter * STEP + AFTERWARDS;
    }

    /** Adds the highest of each key within a time to what was the highest elsewhere. */
    void addHighest(Map<String, Double> highest, long begin, long end) {
        for (Column column : columns) {
            for (int quarter = quarter(begin); quarter < Math.min(quarter(end), column.most.size()); quarter++) {
                if (column.most.getValue(quarter) instanceof Number value) {
                    highest.merge(column.key, value.doubleValue(), Math::max);
                }
            }
        }
    }
}
