package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pulseboard.Until;

/** What people can have again of what was replaced, and files over HTTP. */
class SyncVersionsTest extends SyncMachines {

    SyncVersionsTest() {
        super("a", "b");
    }

    private JsonArray versions(String path) throws Exception {
        HttpResponse<byte[]> answer = sync.get("versions?folder=docs&path=" + path);
        assertEquals(200, answer.statusCode());
        return json(answer).getJsonArray("versions");
    }

    /** Of a machine that has just come back, which tells what it has kept a moment later. */
    private JsonObject keptVersion(String path) throws Exception {
        Until.isTrue("an old version of " + path, () -> !versions(path).isEmpty());
        return versions(path).getJsonObject(0);
    }

    @Test
    void oldVersionComesBackOnAllMachinesAndWhatWasThereIsKept() throws Exception {
        sync.write("a", "f", "one");
        awaitAll(Map.of("f", SyncCase.hashOf("one")));
        sync.write("a", "f", "two");
        awaitAll(Map.of("f", SyncCase.hashOf("two")));
        restart("b"); // What was replaced is kept after ten seconds, or when the agent ends.
        JsonObject kept = keptVersion("f");
        assertEquals(new JsonArray().add("b"), kept.getJsonArray("nodes"));
        assertEquals(3, kept.getLong("sizeBytes"));
        Until.isTrue("it is said", () -> sync.node("b").getLong("oldVersionsBytes", 0L) == 3);
        assertTrue(sync.node("b").getLong("oldVersionsMostBytes") > 1 << 20);
        assertEquals("one", text("content?folder=docs&path=f&contentId=" + kept.getString("contentId")));
        JsonObject wish = new JsonObject()
                .put("folder", "docs")
                .put("path", "f")
                .put("node", "b")
                .put("contentId", kept.getString("contentId"));
        sync.act("restore", wish);
        awaitAll(Map.of("f", SyncCase.hashOf("one")));
        restart("a");
        Until.isTrue("what was there is kept", () -> versions("f").size() == 2);
        assertEquals("unknown_version", sync.refusal("restore", wish.copy().put("contentId", "0".repeat(64))));
        assertEquals("unknown_version", sync.refusal("restore", wish.copy().put("path", "../f")));
        assertEquals("node_offline", sync.refusal("restore", wish.copy().put("node", "nobody")));
    }

    @Test
    void deletedFileComesBack() throws Exception {
        sync.write("a", "x/f", "one");
        Map<String, String> wanted = Map.of("x", "directory", "x/f", SyncCase.hashOf("one"));
        awaitAll(wanted);
        Files.delete(sync.folder("a").resolve("x/f"));
        awaitAll(Map.of("x", "directory"));
        restart("b");
        String contentId = keptVersion("x/f").getString("contentId");
        sync.act(
                "restore",
                new JsonObject()
                        .put("folder", "docs")
                        .put("path", "x/f")
                        .put("node", "b")
                        .put("contentId", contentId));
        awaitAll(wanted);
    }

    private String text(String path) throws Exception {
        HttpResponse<byte[]> answer = sync.get(path);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(200, answer.statusCode(), text);
        return text;
    }

    @Test
    void largeFileComesWholeOverHttp() throws Exception {
        byte[] bytes = new byte[9 << 20];
        new Random(5).nextBytes(bytes);
        Arrays.fill(bytes, 1 << 20, 2 << 20, (byte) 0);
        sync.write("a", "l\u00e4rge \".bin", bytes);
        Path there = sync.folder("b").resolve("l\u00e4rge \".bin");
        Until.isTrue("it is there", () -> Files.exists(there));
        HttpResponse<byte[]> answer = sync.get("content?folder=docs&path=l%C3%A4rge%20%22.bin");
        assertEquals(200, answer.statusCode());
        assertTrue(Arrays.equals(bytes, answer.body()), "the same bytes");
        assertEquals(
                "attachment; filename*=UTF-8''l%C3%A4rge%20%22.bin",
                answer.headers().firstValue("Content-Disposition").orElse(""));
        assertEquals(404, sync.get("content?folder=docs&path=none").statusCode());
        assertEquals(404, sync.get("content?folder=other&path=f").statusCode());
        assertEquals(400, sync.get("content?folder=docs&path=f&contentId=..").statusCode());
        assertEquals(
                409,
                sync.get("content?folder=docs&path=f&contentId=" + "0".repeat(64))
                        .statusCode());
    }
}
