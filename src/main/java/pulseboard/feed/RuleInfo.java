package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * When something on a board is not well: a rule that the board brings with it. It is judged by whoever raises alerts.
 *
 * @param name lower-case letters, digits and hyphens
 * @param watch the path of the values, keys joined by dots; {@code *} stands for one key, which is then the alert's key
 * @param warning from when on it is a warning, such as {@code above 85 for 10m clear 80}; empty: never
 * @param critical the same for the worse level
 * @param unless a condition on another value of the same key that switches it off, such as {@code type is squashfs}; empty: none
 * @param text what is said then; {@code {{key}}} and {@code {{value}}} are filled in
 * @param help what to do about it
 */
public record RuleInfo(
        String name, String watch, String warning, String critical, String unless, String text, String help) {

    /** A rule that says what is wrong; levels and help are added. */
    public static RuleInfo of(String name, String watch, String text) {
        return new RuleInfo(name, watch, "", "", "", text, "");
    }

    /** The same, and a warning from there on. */
    public RuleInfo warns(String condition) {
        return new RuleInfo(name, watch, condition, critical, unless, text, help);
    }

    /** The same, and critical from there on. */
    public RuleInfo alarms(String condition) {
        return new RuleInfo(name, watch, warning, condition, unless, text, help);
    }

    /** The same, but not where this holds. */
    public RuleInfo unless(String condition) {
        return new RuleInfo(name, watch, warning, critical, condition, text, help);
    }

    /** The same, with what to do about it. */
    public RuleInfo helps(String advice) {
        return new RuleInfo(name, watch, warning, critical, unless, text, advice);
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("name", name, "watch", watch, "text", text);
        putUnlessEmpty(json, "warning", warning);
        putUnlessEmpty(json, "critical", critical);
        putUnlessEmpty(json, "unless", unless);
        putUnlessEmpty(json, "help", help);
        return json;
    }

    private static void putUnlessEmpty(JsonObject json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    static RuleInfo of(JsonObject json) {
        return new RuleInfo(
                Objects.requireNonNull(json.getString("name"), "name"),
                Objects.requireNonNull(json.getString("watch"), "watch"),
                json.getString("warning", ""),
                json.getString("critical", ""),
                json.getString("unless", ""),
                json.getString("text", ""),
                json.getString("help", ""));
    }
}
