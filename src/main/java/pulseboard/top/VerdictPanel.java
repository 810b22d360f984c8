package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import pulseboard.top.TextLine.Tone;

/**
 * One sentence: is the machine well, and if not, what is wrong.
 *
 * @param verdict as the server says it
 */
record VerdictPanel(JsonObject verdict) {

    private static final int MOST_LINES = 3;
    private static final Map<String, Tone> TONES =
            Map.of("ok", Tone.GOOD, "warning", Tone.WARNING, "critical", Tone.ALARM);

    /** The level and the sentence, and since when where all is well, with what is about to fire. */
    String text() {
        String level = JsonView.of(verdict).text("level");
        String text = level + ": " + JsonView.of(verdict).text("text");
        long since = (long) JsonView.of(verdict).orZero("since");
        String from = level.equals("ok") && since > 0
                ? " Since " + Instant.ofEpochMilli(since).truncatedTo(ChronoUnit.SECONDS) + "."
                : "";
        String pending = JsonView.of(verdict).text("pending");
        return text + from + (pending.isEmpty() ? "" : " About to fire: " + pending + ".");
    }

    /** In lines that break between words; what is worst comes first, so the rest may be cut. */
    void draw(TextBlock block) {
        Tone tone = TONES.getOrDefault(JsonView.of(verdict).text("level"), Tone.MUTED);
        int most = block.lines().size() + MOST_LINES;
        TextLine line = block.line().add(" ");
        boolean isFirst = true;
        for (String word : text().split(" ", -1)) {
            if (!isFirst
                    && Sanitizer.width(word) + 1 > line.left()
                    && block.lines().size() < most) {
                line = block.line().add("  ");
                isFirst = true;
            }
            line.add((isFirst ? "" : " ") + word, tone);
            isFirst = false;
        }
    }
}
