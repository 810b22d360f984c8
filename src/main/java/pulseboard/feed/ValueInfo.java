package pulseboard.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A figure of a board that has a name, for badges, widgets and programs.
 *
 * @param name how it is asked for; stays as it is
 * @param label what people call it
 * @param unit what it counts: {@code percent}, {@code number}, {@code celsius} or {@code bytesPerSecond}
 * @param section the part of the board whose trouble, in {@code meta}, is the reason when there is no figure
 * @param fold what becomes of several numbers: {@code max} or {@code sum}
 * @param paths where the numbers are, keys joined by dots; {@code *} stands for every key
 */
public record ValueInfo(String name, String label, String unit, String section, String fold, List<String> paths) {

    /** The largest counts. */
    public static final String MAX = "max";

    /** They are added. */
    public static final String SUM = "sum";

    private static final JsonObject NOTHING = new JsonObject(Map.of());
    private static final String ANY = "*";

    /**
     * Copies.
     *
     * @throws IllegalArgumentException when the fold is none
     */
    public ValueInfo {
        paths = List.copyOf(paths);
        if (!fold.equals(MAX) && !fold.equals(SUM)) {
            throw new IllegalArgumentException("no way to make one number of several: " + fold);
        }
    }

    /** The largest of the numbers at one path, or the only one; people call it by its name. */
    public static ValueInfo of(String name, String unit, String section, String path) {
        return new ValueInfo(name, name, unit, section, MAX, List.of(path));
    }

    /** The same, called so by people. */
    public ValueInfo called(String other) {
        return new ValueInfo(name, other, unit, section, fold, paths);
    }

    /** The same and the number at another path, added up. */
    public ValueInfo plus(String path) {
        List<String> more = new ArrayList<>(paths);
        more.add(path);
        return new ValueInfo(name, label, unit, section, SUM, more);
    }

    /** The figure in a state of the board; nothing when none of its numbers is there. */
    public OptionalDouble in(JsonObject state) {
        DoubleStream numbers = paths.stream().flatMapToDouble(path -> {
            String[] keys = path.split("\\.", -1);
            return numbers(Stream.of(state), keys);
        });
        return fold.equals(SUM) ? numbers.reduce(Double::sum) : numbers.max();
    }

    /** Why there is no figure, as the board says it. */
    public String reason(JsonObject state) {
        return state.getJsonObject("meta", NOTHING)
                .getJsonObject(section, NOTHING)
                .getString("reason", "not available on this machine");
    }

    private static DoubleStream numbers(Stream<JsonObject> objects, String[] keys) {
        String last = keys[keys.length - 1];
        Stream<JsonObject> parents = objects;
        for (String key : Arrays.copyOf(keys, keys.length - 1)) {
            parents = parents.flatMap(object -> key.equals(ANY)
                            ? object.stream().map(Map.Entry::getValue)
                            : Stream.ofNullable(object.getValue(key)))
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast);
        }
        return parents.map(object -> object.getValue(last))
                .filter(Number.class::isInstance)
                .mapToDouble(number -> ((Number) number).doubleValue());
    }

    JsonObject toJson() {
        return JsonObject.of("name", name, "label", label, "unit", unit, "section", section, "fold", fold)
                .put("paths", new JsonArray(paths));
    }

    static ValueInfo of(JsonObject json) {
        return new ValueInfo(
                Objects.requireNonNull(json.getString("name"), "name"),
                json.getString("label", ""),
                json.getString("unit", "number"),
                json.getString("section", ""),
                json.getString("fold", MAX),
                json.getJsonArray("paths", new JsonArray()).stream()
                        .map(String.class::cast)
                        .toList());
    }
}
