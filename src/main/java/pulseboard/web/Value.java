package pulseboard.web;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.FeedReader;

/**
 * A figure of the host board that has a name, for badges, widgets and programs. {@link #ALL} is the one list of them.
 *
 * @param name how it is asked for; stays as it is
 * @param label what people call it
 * @param unit what it counts
 * @param sampler whose trouble is the reason when there is no figure
 * @param figure where it is in the board's state
 */
record Value(String name, String label, Unit unit, String sampler, Function<JsonObject, OptionalDouble> figure) {

    private static final int VERSION = 1;
    private static final JsonObject NOTHING = new JsonObject(Map.of());

    static final List<Value> ALL = List.of(
            new Value("cpu", "CPU", Unit.PERCENT, "cpu", state -> number(state, "cpu", "busyPercent")),
            new Value("load", "load", Unit.NUMBER, "cpu", state -> number(state, "cpu", "load1")),
            new Value("memory", "memory", Unit.PERCENT, "memory", state -> number(state, "memory", "usedPercent")),
            new Value("swap", "swap", Unit.PERCENT, "memory", state -> number(state, "memory", "swap", "usedPercent")),
            new Value(
                    "disk",
                    "disk",
                    Unit.PERCENT,
                    "filesystems",
                    state -> members(state, "filesystems")
                            .flatMapToDouble(each -> figures(each, "usedPercent"))
                            .max()),
            new Value(
                    "network",
                    "network",
                    Unit.BYTES_PER_SECOND,
                    "network",
                    state -> figures(within(state, "network"), "receivedBytesPerSecond", "sentBytesPerSecond")
                            .reduce(Double::sum)),
            new Value("processes", "processes", Unit.NUMBER, "processes", state -> number(state, "processes", "count")),
            new Value(
                    "temperature",
                    "temperature",
                    Unit.CELSIUS,
                    "sensors",
                    state -> members(state, "sensors", "temperatures")
                            .flatMapToDouble(each -> figures(each, "celsius"))
                            .max()));

    static final List<String> NAMES = ALL.stream().map(Value::name).toList();

    /** The one of this name. */
    static @Nullable Value of(String name) {
        return ALL.stream().filter(value -> value.name.equals(name)).findFirst().orElse(null);
    }

    /** What is told of it, by a snapshot of the board. The promise of version 1 is in {@code openapi.yaml}. */
    JsonObject document(JsonObject snapshot, long nowMilliseconds) {
        long at = snapshot.getLong("at");
        if (nowMilliseconds - at > FeedReader.STALE_MILLISECONDS) {
            return missing("nothing was measured for " + TimeUnit.MILLISECONDS.toSeconds(nowMilliseconds - at) + " s");
        }
        JsonObject state = snapshot.getJsonObject("state");
        OptionalDouble found = figure.apply(state);
        if (found.isEmpty()) {
            return missing(within(state, "meta", sampler).getString("reason", "this machine does not tell"));
        }
        double value = found.getAsDouble();
        return head().put("value", value).put("text", unit.text(value)).put("at", at);
    }

    /** The same while there is no figure. */
    JsonObject missing(String reason) {
        return head().put("text", "n/a").put("reason", reason);
    }

    private JsonObject head() {
        return JsonObject.of("version", VERSION, "name", name, "label", label, "unit", unit.word());
    }

    private static OptionalDouble number(JsonObject state, String... path) {
        String[] parents = Arrays.copyOf(path, path.length - 1);
        return figures(within(state, parents), path[path.length - 1]).findFirst();
    }

    private static JsonObject within(JsonObject state, String... path) {
        JsonObject found = state;
        for (String key : path) {
            found = found.getJsonObject(key, NOTHING);
        }
        return found;
    }

    private static Stream<JsonObject> members(JsonObject state, String... path) {
        return within(state, path).stream().map(member -> (JsonObject) member.getValue());
    }

    private static DoubleStream figures(JsonObject object, String... keys) {
        return Stream.of(keys).filter(object::containsKey).mapToDouble(object::getDouble);
    }
}
