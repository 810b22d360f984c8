package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a session to go on with it after this program was killed; the rest is in the ledger.
 *
 * @param id its name
 * @param startedAt Unix milliseconds
 * @param files how many waited at its start
 * @param bytes of how many bytes
 * @param stages how many have begun
 * @param isPaused whether somebody has paused it
 * @param stage the stage that goes on, or the last one that did
 */
record SessionNote(
        String id,
        long startedAt,
        long files,
        long bytes,
        int stages,
        boolean isPaused,
        StageRun.@Nullable Note stage) {

    SessionNote with(StageRun.@Nullable Note next) {
        int count = next == null ? stages : next.number();
        return new SessionNote(id, startedAt, files, bytes, count, isPaused, next);
    }

    SessionNote paused(boolean is) {
        return new SessionNote(id, startedAt, files, bytes, stages, is, stage);
    }

    void write(Path file) throws IOException {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("startedAt", startedAt)
                .put("files", files)
                .put("bytes", bytes)
                .put("stages", stages)
                .put("paused", isPaused);
        if (stage != null) {
            json.put("stage", stage.toJson());
        }
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, json.encode());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The one that is noted, if one goes on. */
    static Optional<SessionNote> read(Path file) {
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            JsonObject stage = json.getJsonObject("stage");
            return Optional.of(new SessionNote(
                    json.getString("id", ""),
                    json.getLong("startedAt", 0L),
                    json.getLong("files", 0L),
                    json.getLong("bytes", 0L),
                    json.getInteger("stages", 0),
                    json.getBoolean("paused", false),
                    stage == null ? null : StageRun.Note.of(stage)));
        } catch (IOException | DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
