package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHistoryTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("files");
    }

    private static LedgerRecord record(String path, String kind, long bytes) {
        return new LedgerRecord(1_000, kind, "id", "media/s1", path, bytes, "", 0, "");
    }

    private static List<String> paths(FileHistory history, FileHistory.Query query) throws IOException {
        return history.toJson(query).getJsonArray("files").stream()
                .map(each -> ((JsonObject) each).getString("path"))
                .toList();
    }

    private static FileHistory.Query query(String result, String text, long before, int limit) {
        return new FileHistory.Query("", "", result, text, before, limit);
    }

    @Test
    void newestComeFirstPageByPage() throws IOException {
        FileHistory history = new FileHistory(file());
        for (int number = 1; number <= 5; number++) {
            history.add(List.of(record("f" + number, "done", number)), id -> "sa1");
        }
        JsonObject page = history.toJson(query("", "", Long.MAX_VALUE, 2));
        assertEquals("f5", page.getJsonArray("files").getJsonObject(0).getString("path"));
        assertEquals("sa1", page.getJsonArray("files").getJsonObject(0).getString("account"));
        assertEquals(List.of("f3", "f2"), paths(history, query("", "", page.getLong("next"), 2)));
        assertFalse(history.toJson(query("", "", 2, 2)).containsKey("next"));
        assertEquals(5, new FileHistory(file()).spread("media", 1_000).getInteger("files"));
        assertEquals(0, history.spread("media", 1_001).getInteger("files"));
    }

    @Test
    void foundByResultAndPartOfThePath() throws IOException {
        FileHistory history = new FileHistory(file());
        history.add(
                List.of(record("A/one", "done", 1), record("a/two", "failed", 1), record("b", "failed", 1)), id -> id);
        assertEquals(List.of("a/two", "A/one"), paths(history, query("", "a/", Long.MAX_VALUE, 9)));
        assertEquals(List.of("b", "a/two"), paths(history, query("failed", "", Long.MAX_VALUE, 9)));
        assertTrue(history.toCsv(query("", "one", 9, 9)).contains("\"uploaded\""));
    }

    @Test
    void diskIsBounded() throws IOException {
        FileHistory history = new FileHistory(file(), 2_000);
        for (int number = 1; number <= 100; number++) {
            history.add(List.of(record("f" + number, "done", 1)), id -> id);
        }
        assertTrue(Files.size(file()) <= 2_000);
        assertTrue(Files.size(folder.resolve("files.1")) <= 2_000);
        assertEquals(List.of("f100"), paths(new FileHistory(file(), 2_000), query("", "", Long.MAX_VALUE, 1)));
    }

    @Test
    void whatTheLedgerHasIsMadeUpForOnceAndHalfALineIsLeftOut() throws IOException {
        FileHistory history = new FileHistory(file());
        history.add(List.of(record("one", "done", 1)), id -> id);
        Files.writeString(file(), "{\"number\":2,\"pa\n", StandardOpenOption.APPEND);
        history.addMissing("media/s1", List.of(record("one", "done", 1), record("two", "done", 1)), id -> id);
        history.addMissing("media/s1", List.of(record("two", "done", 1)), id -> id);
        assertEquals(List.of("two", "one"), paths(history, query("", "", Long.MAX_VALUE, 9)));
    }
}
