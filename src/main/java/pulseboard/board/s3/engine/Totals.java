package pulseboard.board.s3.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What all runs of a job have done together, for counters that nothing sets back but the removal of their file. It is written as
 * often as the state is told: an engine that is killed loses what it did since then. Immutable.
 */
final class Totals {

    private static final List<String> ENDS =
            List.of("uploaded", "unchanged", "skipped", "failed", "conflicts", "deleted");

    private static final JsonObject NOTHING = new JsonObject();

    private final Path file;
    private final JsonObject before;

    private Totals(Path file, JsonObject before) {
        this.file = file;
        this.before = before;
    }

    /** As the runs before have left them in this file; where it cannot be read they begin anew. */
    static Totals in(Path file) {
        try {
            return new Totals(file, new JsonObject(Files.readString(file)));
        } catch (IOException | DecodeException e) {
            return new Totals(file, NOTHING);
        }
    }

    /** With what this run has done so far. */
    JsonObject with(JsonObject state) {
        JsonObject files = state.getJsonObject("files", NOTHING);
        JsonObject requests = state.getJsonObject("requests", NOTHING);
        JsonObject ends = new JsonObject();
        ENDS.forEach(end -> ends.put(end, files.getLong(end, 0L)));
        return sum(
                before,
                new JsonObject()
                        .put("files", ends)
                        .put("bytes", state.getJsonObject("bytes", NOTHING).getLong("done", 0L))
                        .put("requests", requests.getJsonObject("answers", NOTHING))
                        .put("retried", requests.getLong("retried", 0L)));
    }

    /** Each number of both, added; what is neither number nor object in the first is as in the second. */
    static JsonObject sum(JsonObject one, JsonObject other) {
        JsonObject all = one.copy();
        for (String key : other.fieldNames()) {
            Object more = other.getValue(key);
            Object less = all.getValue(key);
            if (more instanceof JsonObject object) {
                all.put(key, sum(less instanceof JsonObject known ? known : NOTHING, object));
            } else if (more instanceof Number number) {
                all.put(key, number.longValue() + (less instanceof Number known ? known.longValue() : 0));
            }
        }
        return all;
    }

    /** For the next run. */
    void write(JsonObject totals) {
        RunFolder.write(file, totals);
    }
}
