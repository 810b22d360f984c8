package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One sentence: is this machine well, and if not, what is wrong, worst first.
 *
 * @param level {@code ok}, {@code warning}, {@code critical}, or {@code unknown} while nothing has been judged
 * @param text the sentence
 * @param parts what is wrong, each with its level, text, board, section and key
 */
record Verdict(String level, String text, List<JsonObject> parts) {

    static final Verdict UNKNOWN = new Verdict("unknown", "Nothing has been judged yet.", List.of());

    private static final int MOST_IN_WORDS = 5;

    /** By what fires now. */
    static Verdict of(Collection<Alert> alerts) {
        List<Alert> firing = alerts.stream()
                .filter(alert -> alert.level().isPresent())
                .sorted(Comparator.comparing((Alert alert) -> alert.level().orElseThrow())
                        .reversed()
                        .thenComparing(Alert::firingSince)
                        .thenComparing(Alert::id))
                .toList();
        if (firing.isEmpty()) {
            return new Verdict("ok", "All is well.", List.of());
        }
        String text = firing.stream().limit(MOST_IN_WORDS).map(Alert::text).collect(Collectors.joining("; "));
        int more = firing.size() - MOST_IN_WORDS;
        return new Verdict(
                firing.get(0).level().orElseThrow().text(),
                Character.toUpperCase(text.charAt(0))
                        + text.substring(1)
                        + (more > 0 ? "; and " + more + " more." : "."),
                firing.stream().map(Alert::toJson).toList());
    }

    JsonObject toJson(long since) {
        return new JsonObject().put("level", level).put("since", since).put("text", text);
    }

    /** The same with all that is wrong. */
    JsonObject toWholeJson(long since) {
        return toJson(since).put("parts", new JsonArray(parts));
    }
}
