package pulseboard.board.uploads.cloudplow;

import io.vertx.core.json.Json;
import java.util.List;
import java.util.stream.Collectors;

/** YAML as it is written; texts are quoted as in JSON, which YAML reads. Not thread-safe. */
final class YamlText {

    private final StringBuilder text = new StringBuilder();

    void group(int level, String name) {
        text.append("  ".repeat(level)).append(name).append(":\n");
    }

    /** Nothing where it is empty. */
    void text(int level, String name, String value) {
        if (!value.isEmpty()) {
            line(level, name, Json.encode(value));
        }
    }

    void value(int level, String name, long value) {
        line(level, name, Long.toString(value));
    }

    /** Nothing where it is empty. */
    void list(int level, String name, List<String> values) {
        if (!values.isEmpty()) {
            line(level, name, values.stream().map(Json::encode).collect(Collectors.joining(", ", "[", "]")));
        }
    }

    private void line(int level, String name, String value) {
        text.append("  ".repeat(level)).append(name).append(": ").append(value).append('\n');
    }

    String text() {
        return text.toString();
    }
}
