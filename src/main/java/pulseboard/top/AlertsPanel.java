package pulseboard.top;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.top.TextLine.Tone;

/**
 * Each thing that is wrong, worst first, and what to do about it.
 *
 * @param verdict as the server says it; null where it judges nothing
 */
record AlertsPanel(@Nullable JsonObject verdict) {

    private static final Map<String, Tone> TONES = Map.of("warning", Tone.WARNING, "critical", Tone.ALARM);

    void draw(TextBlock block) {
        block.title("alerts", "what to do");
        List<JsonObject> parts = verdict == null
                ? List.of()
                : verdict.getJsonArray("parts", new JsonArray()).stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList();
        if (parts.isEmpty()) {
            block.line().add(verdict == null ? " nothing is judged here" : " nothing is wrong", Tone.MUTED);
        }
        for (JsonObject part : parts) {
            JsonView view = JsonView.of(part);
            String level = view.text("level");
            words(block, " ", level + ": " + view.text("text"), TONES.getOrDefault(level, Tone.MUTED));
            words(block, "   ", view.text("help"), Tone.PLAIN);
        }
    }

    /** In lines that break between words. */
    private static void words(TextBlock block, String indent, String text, Tone tone) {
        if (text.isEmpty()) {
            return;
        }
        TextLine line = block.line().add(indent);
        boolean isFirst = true;
        for (String word : text.split(" ", -1)) {
            if (!isFirst && Sanitizer.width(word) + 1 > line.left()) {
                line = block.line().add(indent);
                isFirst = true;
            }
            line.add((isFirst ? "" : " ") + word, tone);
            isFirst = false;
        }
    }
}
