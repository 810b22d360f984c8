package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of decisions: all in a file of lines of JSON, of which the newest 10 to 20 MiB are kept, and the last 50 in memory. */
final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int MOST_RUNS = 50;
    private static final long HALF_BYTES = 10L << 20;

    private final Path file;
    private final Map<String, Run> last = new LinkedHashMap<>();
    private long number = System.currentTimeMillis();
    private long decided;
    private long messages;

    Runs(Path folder) {
        file = folder.resolve("runs.jsonl");
    }

    Run begin(String chunk, Placement.Mode mode, String scenario) {
        Run run = new Run("r" + Long.toString(number++, 36), chunk, mode, scenario);
        last.put(run.id(), run);
        while (last.size() > MOST_RUNS) {
            last.remove(last.keySet().iterator().next());
        }
        return run;
    }

    /** A run is over: it goes to the file. */
    void end(Run run) {
        JsonObject json = run.toJson();
        decided++;
        messages += run.head().getInteger("messages", 0);
        try {
            if (Files.exists(file) && Files.size(file) > HALF_BYTES) {
                Files.move(file, file.resolveSibling("runs.1.jsonl"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(file, json.encode() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.warn("A run cannot be kept: {}", e.toString());
        }
    }

    Optional<Run> find(String id) {
        return Optional.ofNullable(last.get(id));
    }

    /** What each run came to, by id. */
    JsonObject heads() {
        JsonObject heads = new JsonObject();
        last.values().forEach(run -> heads.put(run.id(), run.head()));
        return heads;
    }

    long decided() {
        return decided;
    }

    long messages() {
        return messages;
    }
}
