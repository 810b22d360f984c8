package pulseboard.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a badge says of the verdict.
 *
 * @param text two or three words
 * @param tone the colour
 * @param hint the whole sentence, for those who cannot see it
 */
record VerdictBadge(String text, Badge.Tone tone, String hint) {

    static final VerdictBadge UNKNOWN = new VerdictBadge("unknown", Badge.Tone.MISSING, "nothing is judged here");

    /** Level and count: {@code 2 critical}. */
    static VerdictBadge of(JsonObject verdict) {
        String level = verdict.getString("level", "");
        String sentence = verdict.getString("text", "");
        long count = verdict.getJsonArray("parts", new JsonArray()).stream()
                .filter(part -> part instanceof JsonObject one && level.equals(one.getString("level")))
                .count();
        return switch (level) {
            case "ok" -> new VerdictBadge("all is well", Badge.Tone.GOOD, sentence);
            case "warning" -> new VerdictBadge(count + " warning", Badge.Tone.WARNING, sentence);
            case "critical" -> new VerdictBadge(count + " critical", Badge.Tone.ALARM, sentence);
            default -> UNKNOWN;
        };
    }
}
