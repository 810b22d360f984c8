package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happened, as people see it after the coordinator has ended and begun again. */
class SyncEventsTest extends SyncMachines {

    SyncEventsTest() {
        super("a", "b");
    }

    private JsonArray events(String query) throws Exception {
        return json(sync.get("events?" + query)).getJsonArray("events");
    }

    private static List<String> kinds(JsonArray events) {
        return events.stream()
                .map(event -> ((JsonObject) event).getString("kind"))
                .toList();
    }

    @Test
    void whatHappenedToAFileIsKnownAfterARestartOfTheCoordinator() throws Exception {
        sync.write("a", "f", "one");
        awaitAll(Map.of("f", SyncCase.hashOf("one")));
        sync.write("b", "f", "two");
        awaitAll(Map.of("f", SyncCase.hashOf("two")));
        sync.write("a", "other", "other");
        Files.delete(sync.folder("a").resolve("f"));
        awaitAll(Map.of("other", SyncCase.hashOf("other")));
        JsonArray before = events("folder=docs&path=f");
        assertEquals(List.of("file_created", "file_modified", "file_deleted"), kinds(before));
        long last =
                events("after=0").getJsonObject(events("after=0").size() - 1).getLong("seq");
        sync.close();
        sync = new SyncCase(root);
        assertEquals(before, events("folder=docs&path=f"));
        assertEquals(List.of("file_created"), kinds(events("folder=docs&path=other")));
        JsonArray all = events("after=0");
        for (Object each : before) {
            assertEquals(true, all.contains(each), all::encode);
        }
        sync.add("c");
        assertEquals(true, events("after=" + last).size() > 0, "numbers go on");
    }
}
