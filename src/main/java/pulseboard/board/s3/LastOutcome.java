package pulseboard.board.s3;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the last run of a job ended that was not only to try it: a phase, such as {@code done} or {@code failed}. It holds while the next
 * run is under way and through dry runs, so that neither takes back an alarm. Kept in a file. Not thread-safe.
 */
final class LastOutcome {

    private static final Logger LOG = LoggerFactory.getLogger(LastOutcome.class);

    private final Path file;
    private String phase;

    LastOutcome(Path file) {
        this.file = file;
        phase = read(file);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException none) {
            return "";
        }
    }

    /** Empty: there was no such run, or it is not known. */
    String phase() {
        return phase;
    }

    /** This is how a run is now; it counts when it has ended. */
    void take(JsonObject state) {
        boolean isOver = state.getJsonObject("run", new JsonObject()).containsKey("endedAt");
        String now = state.getString("phase", "");
        if (!isOver || state.getBoolean("dryRun", false) || now.equals(phase)) {
            return;
        }
        phase = now;
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, phase);
        } catch (IOException e) {
            LOG.warn("How a run ended cannot be kept in {}: {}", file, e.getMessage());
        }
    }
}
