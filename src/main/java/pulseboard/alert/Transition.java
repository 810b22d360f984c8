package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;

/**
 * One thing that became of an alert.
 *
 * @param id of the alert: 16 hex digits, the same again after a restart
 * @param kind what became of it
 * @param at when, in Unix milliseconds
 * @param alert the alert as it then stands on its board; at an end, as it last stood
 */
public record Transition(String id, Kind kind, long at, JsonObject alert) {

    /** What can become of an alert. */
    public enum Kind {
        /** It fires. */
        FIRING,
        /** It fires already, and its level rose. */
        RAISED,
        /** It goes on firing at a lower level. */
        LOWERED,
        /** It fires, and its figure is missing. */
        UNKNOWN,
        /** Its figure is there again, and it still fires. */
        KNOWN,
        /** It came and went so often that it is told once, and held until it is quiet. */
        FLAPPING,
        /** Somebody has seen it. */
        ACKNOWLEDGED,
        /** It is over. */
        RESOLVED,
        /** What it was about, or its rule, is gone. */
        EXPIRED;

        /** As it is written, such as {@code firing}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether nothing can come after it but a new beginning. */
        public boolean isEnd() {
            return this == RESOLVED || this == EXPIRED;
        }
    }

    /** One row of the history of transitions, with the maintenance that went on; empty: none did. */
    JsonObject toRow(String maintenance) {
        JsonObject row = toJson();
        Put.unlessEmpty(row, "maintenance", maintenance);
        return row;
    }

    /** The same without more. */
    public JsonObject toJson() {
        return JsonObject.of("id", id, "kind", kind.text(), "at", at, "alert", alert);
    }

    /** Reads what {@link #toJson()} wrote. */
    public static Transition of(JsonObject json) {
        return new Transition(
                Objects.requireNonNull(json.getString("id"), "id"),
                Kind.valueOf(json.getString("kind", "").toUpperCase(Locale.ROOT)),
                json.getLong("at", 0L),
                json.getJsonObject("alert", new JsonObject()));
    }
}
