package pulseboard.fleet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The lowest, the mean and the highest of some series in intervals that follow each other; not a number where nothing is known. */
final class PastColumns {

    /** As they are called in answers of the history. */
    static final List<String> KINDS = List.of("min", "average", "max");

    static final int LOWEST = 0;
    static final int MEAN = 1;
    static final int HIGHEST = 2;

    private final int count;
    private final Map<String, float[][]> series = new TreeMap<>();

    PastColumns(int count) {
        this.count = count;
    }

    /** Of so many intervals. */
    int count() {
        return count;
    }

    Map<String, float[][]> series() {
        return series;
    }

    /** Whether nothing is known. */
    boolean isEmpty() {
        return series.isEmpty();
    }

    private float[][] column(String name) {
        return series.computeIfAbsent(name, missing -> {
            float[][] column = new float[KINDS.size()][count];
            Arrays.stream(column).forEach(kind -> Arrays.fill(kind, Float.NaN));
            return column;
        });
    }

    /** One interval of a series. */
    void set(String name, int row, float[] kinds) {
        float[][] column = column(name);
        for (int kind = 0; kind < column.length; kind++) {
            column[kind][row] = kinds[kind];
        }
    }

    /** What is known of an interval; null where nothing is. */
    static float @Nullable [] row(float[][] column, int row) {
        return Float.isNaN(column[MEAN][row])
                ? null
                : new float[] {column[LOWEST][row], column[MEAN][row], column[HIGHEST][row]};
    }

    /** With those of others, of the same intervals. */
    void addAll(PastColumns others) {
        series.putAll(others.series);
    }

    /** Those of some series alone. */
    PastColumns only(Predicate<String> wanted) {
        PastColumns some = new PastColumns(count);
        series.forEach((name, column) -> {
            if (wanted.test(name)) {
                some.series.put(name, column);
            }
        });
        return some;
    }

    /** As answers of the history have it: by series, by kind, {@code null} where nothing is known. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        series.forEach((name, column) -> {
            JsonObject kinds = new JsonObject();
            for (int kind = 0; kind < column.length; kind++) {
                JsonArray values = new JsonArray();
                for (float value : column[kind]) {
                    values.add(Float.isNaN(value) ? null : (Float) value);
                }
                kinds.put(KINDS.get(kind), values);
            }
            json.put(name, kinds);
        });
        return json;
    }
}
