package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * When something on a board is not well: a rule that the board brings with it. It is judged by whoever raises alerts.
 *
 * @param name lower-case letters, digits and hyphens
 * @param watch the path of the values, keys joined by dots; {@code *} stands for one key, which is then the alert's key
 * @param of the path of what each value is divided by; empty: nothing
 * @param info from when on it is worth knowing, and no trouble; empty: never. A rule that has it has no other level
 * @param warning from when on it is a warning, such as {@code above 85 for 10m clear 80}; empty: never
 * @param critical the same for the worse level
 * @param unless a condition on another value of the same key that switches it off, such as {@code type is squashfs}; empty: none
 * @param text what is said then; {@code {{key}}}, {@code {{value}}}, {@code {{for}}} and what is beside the value are filled in
 * @param help what to do about it
 * @param cause who is to blame: a board that logs by the minute, a list there, and what to say of its first row; empty: nobody knows
 * @param metric the same value in Prometheus's language, and with {@code by} the label that is its key; empty: there is none
 */
public record RuleInfo(
        String name,
        String watch,
        String of,
        String info,
        String warning,
        String critical,
        String unless,
        String text,
        String help,
        String cause,
        String metric) {

    /** A rule that says what is wrong; levels and help are added. */
    public static RuleInfo of(String name, String watch, String text) {
        return of(JsonObject.of("name", name, "watch", watch, "text", text));
    }

    /** The same, for each value divided by another one. */
    public RuleInfo dividedBy(String path) {
        return with(json -> json.put("of", path));
    }

    /** The same, and it is worth knowing from there on, but no trouble. */
    public RuleInfo informs(String condition) {
        return with(json -> json.put("info", condition));
    }

    /** The same, and a warning from there on. */
    public RuleInfo warns(String condition) {
        return with(json -> json.put("warning", condition));
    }

    /** The same, and critical from there on. */
    public RuleInfo alarms(String condition) {
        return with(json -> json.put("critical", condition));
    }

    /** The same, but not where this holds. */
    public RuleInfo unless(String condition) {
        return with(json -> json.put("unless", condition));
    }

    /** The same, with what to do about it. */
    public RuleInfo helps(String advice) {
        return with(json -> json.put("help", advice));
    }

    /** The same, and the history of a board says who is to blame, as in {@code processes cpu {{name}} {{cpuPercent}}}. */
    public RuleInfo blames(String cause) {
        return with(json -> json.put("cause", cause));
    }

    /** The same, for Prometheus, as in {@code node_load1} or {@code node_filesystem_free_bytes by mountpoint}. */
    public RuleInfo measures(String metric) {
        return with(json -> json.put("metric", metric));
    }

    private RuleInfo with(Consumer<JsonObject> change) {
        JsonObject json = toJson();
        change.accept(json);
        return of(json);
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("name", name, "watch", watch, "text", text);
        putUnlessEmpty(json, "of", of);
        putUnlessEmpty(json, "info", info);
        putUnlessEmpty(json, "warning", warning);
        putUnlessEmpty(json, "critical", critical);
        putUnlessEmpty(json, "unless", unless);
        putUnlessEmpty(json, "help", help);
        putUnlessEmpty(json, "cause", cause);
        putUnlessEmpty(json, "metric", metric);
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
                json.getString("of", ""),
                json.getString("info", ""),
                json.getString("warning", ""),
                json.getString("critical", ""),
                json.getString("unless", ""),
                json.getString("text", ""),
                json.getString("help", ""),
                json.getString("cause", ""),
                json.getString("metric", ""));
    }
}
