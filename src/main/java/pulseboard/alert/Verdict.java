package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One sentence: is this machine well, and if not, what is wrong, worst first.
 *
 * @param level {@code ok}, {@code warning}, {@code critical}, or {@code unknown} while nothing has been judged
 * @param text the sentence
 * @param parts what is wrong, each with its level, text, board, section and key
 * @param pending what is about to be wrong, oldest first; empty while something is
 */
record Verdict(String level, String text, List<JsonObject> parts, String pending) {

    static final Verdict UNKNOWN = new Verdict("unknown", "Nothing has been judged yet.", List.of(), "");

    /** What comes and goes within that is no news. */
    private static final long PENDING_MILLISECONDS = TimeUnit.SECONDS.toMillis(30);

    private static final int MOST_IN_WORDS = 5;

    /** By what is shown on the board, of which what only informs is no trouble. */
    static Verdict of(Collection<JsonObject> alerts, long now) {
        List<JsonObject> firing = alerts.stream()
                .filter(alert -> alert.containsKey("level") && level(alert).isTrouble())
                .sorted(Comparator.comparing((JsonObject alert) -> level(alert))
                        .reversed()
                        .thenComparing(alert -> alert.getLong("firingSince", 0L))
                        .thenComparing(alert -> alert.getString("rule", ""))
                        .thenComparing(alert -> alert.getString("key", "")))
                .toList();
        if (firing.isEmpty()) {
            return new Verdict("ok", "All is well.", List.of(), pending(alerts, now));
        }
        String text = firing.stream()
                .limit(MOST_IN_WORDS)
                .map(alert -> alert.getString("text"))
                .collect(Collectors.joining("; "));
        int more = firing.size() - MOST_IN_WORDS;
        return new Verdict(
                level(firing.get(0)).text(),
                sentence(text, firing.get(0).getString("key", "")) + (more > 0 ? "; and " + more + " more." : "."),
                firing,
                "");
    }

    private static String pending(Collection<JsonObject> alerts, long now) {
        return alerts.stream()
                .filter(alert -> alert.containsKey("pendingLevel")
                        && Level.of(alert.getString("pendingLevel")).isTrouble()
                        && now - alert.getLong("since", now) >= PENDING_MILLISECONDS)
                .sorted(Comparator.comparing((JsonObject alert) -> alert.getLong("since"))
                        .thenComparing(alert -> alert.getString("rule", ""))
                        .thenComparing(alert -> alert.getString("key", "")))
                .limit(MOST_IN_WORDS)
                .map(alert -> alert.getString("text"))
                .collect(Collectors.joining("; "));
    }

    /** With a capital, unless it begins with a name: {@code eth0} is not {@code Eth0}. */
    private static String sentence(String text, String key) {
        boolean isNamed = !key.isEmpty() && text.startsWith(key);
        return isNamed || text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Level level(JsonObject alert) {
        return Level.of(alert.getString("level", "warning"));
    }

    JsonObject toJson(long since) {
        JsonObject json =
                new JsonObject().put("level", level).put("since", since).put("text", text);
        Put.unlessEmpty(json, "pending", pending);
        return json;
    }

    /** The same with all that is wrong. */
    JsonObject toWholeJson(long since) {
        return toJson(since).put("parts", new JsonArray(parts));
    }
}
