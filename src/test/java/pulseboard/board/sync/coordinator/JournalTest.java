package pulseboard.board.sync.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.sync.store.Store;

class JournalTest {

    @TempDir
    Path folder;

    private static JsonObject event(long seq, String path) {
        return new JsonObject().put("seq", seq).put("kind", "file_modified").put("path", path);
    }

    private static List<Long> numbers(List<JsonObject> events) {
        return events.stream().map(event -> event.getLong("seq")).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void oldestGoFirstAndOnePathDoesNotPushTheOthersOut() throws Exception {
        try (Store store = Store.open(folder.resolve("a.mv"))) {
            Journal journal = new Journal(store, 100);
            journal.add(event(1, "quiet"));
            for (long seq = 2; seq <= 200; seq++) {
                journal.add(event(seq, "busy"));
            }
            assertEquals(List.of(1L), numbers(journal.of("quiet")));
            assertEquals(range(151, 200), numbers(journal.of("busy")));
            for (long seq = 201; seq <= 300; seq++) {
                journal.add(event(seq, "each" + seq));
            }
            assertEquals(range(201, 300), numbers(journal.last(1_000)));
            assertTrue(journal.of("quiet").isEmpty());
            assertTrue(journal.of("busy").isEmpty());
            assertEquals(List.of(250L), numbers(journal.of("each250")));
        }
    }

    @Test
    void killTakesBackNothingThatWasCommittedAndNumbersGoOn() throws Exception {
        Path file = folder.resolve("a.mv");
        Path killed = folder.resolve("killed.mv");
        try (Store store = Store.open(file)) {
            Journal journal = new Journal(store, 100);
            Events events = new Events(store);
            events.add(journal, new JsonObject().put("kind", "file_created").put("path", "f"), new JsonObject());
            assertEquals(1, events.after(0).size());
            Files.copy(file, killed);
        }
        try (Store store = Store.open(killed)) {
            Events events = new Events(store);
            assertEquals(range(1, 1), numbers(new Journal(store, 100).of("f")));
            events.add("node_joined", "b", new JsonObject());
            assertEquals(range(1, 2), numbers(events.after(0)));
            assertEquals(
                    List.of("000000001", "000000002"),
                    List.copyOf(events.shown().fieldNames()));
        }
    }
}
