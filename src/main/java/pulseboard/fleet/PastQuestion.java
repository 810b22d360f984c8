package pulseboard.fleet;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is asked of its past, and what is taken of its answer, which another machine wrote: exactly the rows that were asked
 * for, of exactly those series, and of them what can be true.
 *
 * @param names of series
 * @param from the begin of the first interval, by the clock of that machine
 * @param count how many intervals
 */
record PastQuestion(List<String> names, long from, int count) {

    /** Copies. */
    PastQuestion {
        names = List.copyOf(names);
    }

    /**
     * What was taken.
     *
     * @param refused how many rows were not
     */
    record Taken(PastColumns columns, int refused) {}

    /** As a machine's history is asked. */
    JsonObject toJson() {
        return JsonObject.of("series", new JsonArray(names), "from", from, "to", to(), "points", count);
    }

    private long to() {
        return from + count * Gap.STEP_MILLISECONDS;
    }

    /** Reads an answer. One that is to another question is refused whole. */
    Taken read(String answer) {
        try {
            JsonObject json = new JsonObject(answer);
            JsonObject series = json.getJsonObject("series", new JsonObject());
            boolean isToThis = isTime(json, "from", from)
                    && isTime(json, "to", to())
                    && isTime(json, "stepMilliseconds", Gap.STEP_MILLISECONDS)
                    && Set.copyOf(names).containsAll(series.fieldNames());
            return isToThis ? read(series) : nothing();
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            return nothing();
        }
    }

    private static boolean isTime(JsonObject json, String key, long wanted) {
        return json.getValue(key) instanceof Number number && number.longValue() == wanted;
    }

    private Taken nothing() {
        return new Taken(new PastColumns(count), count);
    }

    private Taken read(JsonObject series) {
        PastColumns columns = new PastColumns(count);
        BitSet refused = new BitSet();
        for (String name : series.fieldNames()) {
            List<JsonArray> kinds = PastColumns.KINDS.stream()
                    .map(series.getJsonObject(name)::getJsonArray)
                    .toList();
            if (kinds.stream().anyMatch(kind -> kind.size() != count)) {
                return nothing();
            }
            for (int row = 0; row < count; row++) {
                float[] values = values(kinds, row);
                if (values != null && isTrue(values)) {
                    columns.set(name, row, values);
                } else if (values != null) {
                    refused.set(row);
                }
            }
        }
        return new Taken(columns, refused.cardinality());
    }

    /** Those of an interval, as far as they are numbers; null where it does not know. */
    private static float @Nullable [] values(List<JsonArray> kinds, int row) {
        if (kinds.stream().allMatch(kind -> kind.getValue(row) == null)) {
            return null;
        }
        float[] values = new float[kinds.size()];
        for (int kind = 0; kind < values.length; kind++) {
            values[kind] = number(kinds.get(kind).getValue(row));
        }
        return values;
    }

    /** They are numbers, and the mean is between the two others. */
    private static boolean isTrue(float[] values) {
        boolean isTrue = true;
        for (int kind = 0; kind < values.length; kind++) {
            isTrue &= Float.isFinite(values[kind]) && (kind == 0 || values[kind - 1] <= values[kind]);
        }
        return isTrue;
    }

    private static float number(@Nullable Object value) {
        return value instanceof Number number ? number.floatValue() : Float.NaN;
    }
}
