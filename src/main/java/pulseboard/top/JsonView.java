package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A part of a board's document, whatever is or is not in it: what a server sends may be anything. */
record JsonView(JsonObject json) {

    private static final JsonObject NOTHING = new JsonObject(Map.of());

    static JsonView of(@Nullable JsonObject json) {
        return new JsonView(json == null ? NOTHING : json);
    }

    JsonView part(String key) {
        return new JsonView(json.getValue(key) instanceof JsonObject inner ? inner : NOTHING);
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    OptionalDouble number(String key) {
        return json.getValue(key) instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    double orZero(String key) {
        return number(key).orElse(0);
    }

    String text(String key) {
        return json.getValue(key) instanceof String text ? text : "";
    }

    /** The members that are parts themselves. */
    Stream<Map.Entry<String, JsonView>> parts() {
        return json.fieldNames().stream()
                .filter(key -> json.getValue(key) instanceof JsonObject)
                .map(key -> Map.entry(key, part(key)));
    }

    /** Why a sampler reports nothing; empty if it has not said so. */
    String reason(String sampler) {
        JsonView meta = part("meta").part(sampler);
        return Objects.equals(meta.json.getValue("ok"), false) ? meta.text("reason") : "";
    }
}
