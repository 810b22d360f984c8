package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How sessions have ended, the newest of them. Thread-safe. */
public final class SessionHistory {

    private static final Logger LOG = LoggerFactory.getLogger(SessionHistory.class);
    private static final int MOST = 200;
    private static final List<String> COLUMNS = List.of(
            "uploader",
            "id",
            "phase",
            "startedAt",
            "endedAt",
            "files",
            "uploaded",
            "unchanged",
            "skipped",
            "failed",
            "bytes",
            "done",
            "reason");

    private static final List<String> LAST = List.of("id", "phase", "endedAt", "uploaded", "failed", "bytes", "reason");

    private final Path file;
    private final Deque<JsonObject> sessions = new ArrayDeque<>();

    /** Those that are noted in this file, one a line. */
    public SessionHistory(Path file) throws IOException {
        this.file = file;
        try {
            for (String line : Files.readAllLines(file)) {
                read(line);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("No session has ended yet");
        }
    }

    private void read(String line) {
        try {
            keep(new JsonObject(line));
        } catch (DecodeException e) {
            LOG.warn("A line of {} is damaged and left out", file);
        }
    }

    /** One that this program was killed over comes again, and is there already. */
    private boolean has(String uploader, String id) {
        return sessions.stream()
                .anyMatch(each -> each.getString("id", "").equals(id)
                        && each.getString("uploader", "").equals(uploader));
    }

    private void keep(JsonObject session) {
        sessions.addFirst(session);
        if (sessions.size() > MOST) {
            sessions.removeLast();
        }
    }

    /** One has ended; what the board showed of its uploader then. */
    synchronized void ended(String uploader, JsonObject shown) throws IOException {
        JsonObject session = shown.getJsonObject("session", new JsonObject());
        if (has(uploader, session.getString("id", ""))) {
            return;
        }
        JsonObject files = shown.getJsonObject("files", new JsonObject());
        JsonObject bytes = shown.getJsonObject("bytes", new JsonObject());
        JsonObject json = new JsonObject()
                .put("uploader", uploader)
                .put("id", session.getString("id", ""))
                .put("phase", shown.getString("phase", ""))
                .put("startedAt", session.getLong("startedAt", 0L))
                .put("endedAt", session.getLong("endedAt", 0L))
                .put("files", files.getLong("found", 0L))
                .put("uploaded", files.getLong("uploaded", 0L))
                .put("unchanged", files.getLong("unchanged", 0L))
                .put("skipped", files.getLong("skipped", 0L))
                .put("failed", files.getLong("failed", 0L))
                .put("bytes", bytes.getLong("found", 0L))
                .put("done", bytes.getLong("done", 0L))
                .put("reason", session.getString("reason", ""));
        keep(json);
        Files.writeString(file, json.encode() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** How the last one of an uploader has ended; with an empty {@code id} where there was none. */
    synchronized JsonObject last(String uploader) {
        JsonObject json = new JsonObject().put("id", "");
        sessions.stream()
                .filter(each -> each.getString("uploader", "").equals(uploader))
                .findFirst()
                .ifPresent(last -> LAST.stream()
                        .filter(key -> last.getValue(key) != null)
                        .forEach(key -> json.put(key, last.getValue(key))));
        return json;
    }

    /** The newest first. */
    public synchronized JsonArray toJson() {
        return new JsonArray(List.copyOf(sessions));
    }

    /** The same as a table (RFC 4180). */
    public synchronized String toCsv() {
        StringBuilder csv = new StringBuilder(CsvLine.head(COLUMNS));
        sessions.forEach(session -> csv.append(CsvLine.of(session, COLUMNS)));
        return csv.toString();
    }
}
