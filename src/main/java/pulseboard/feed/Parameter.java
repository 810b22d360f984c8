package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One member of the JSON body that an action takes.
 *
 * @param type what kind of value it is
 * @param isRequired whether the action cannot do without
 * @param description what it means, one sentence for people
 */
public record Parameter(Type type, boolean isRequired, String description) {

    /** The longest text that any action takes, in characters. */
    static final int MOST_CHARACTERS = 4_096;

    /** Types, with the names of JSON Schema in lower case. */
    public enum Type {
        /** A text of at most 4,096 characters. */
        STRING,
        /** A whole number. */
        INTEGER,
        /** Any finite number. */
        NUMBER,
        /** True or false. */
        BOOLEAN,
        /** A JSON object; the board itself looks inside. */
        OBJECT;

        /** The name in JSON Schema. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean fits(Object value) {
            return switch (this) {
                case STRING -> value instanceof String text && text.length() <= MOST_CHARACTERS;
                case INTEGER -> value instanceof Integer || value instanceof Long;
                case NUMBER -> value instanceof Number number && Double.isFinite(number.doubleValue());
                case BOOLEAN -> value instanceof Boolean;
                case OBJECT -> value instanceof JsonObject;
            };
        }
    }

    /** What is wrong with the value given for it, in words that follow its name; empty when nothing is. */
    String mistake(@Nullable Object value) {
        if (value == null) {
            return isRequired ? "is missing" : "";
        }
        String most = type == Type.STRING ? " of at most " + MOST_CHARACTERS + " characters" : "";
        return type.fits(value) ? "" : "must be of type " + type.text() + most;
    }

    JsonObject toJson() {
        return JsonObject.of("type", type.text(), "required", isRequired, "description", description);
    }

    static Parameter of(JsonObject json) {
        String type = Objects.requireNonNull(json.getString("type"), "type");
        return new Parameter(
                Type.valueOf(type.toUpperCase(Locale.ROOT)),
                json.getBoolean("required", false),
                json.getString("description", ""));
    }
}
