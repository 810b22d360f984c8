package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pulseboard.Until;

/** What programs ask of file sync, and do by it, with real machines. */
class SyncRestTest extends SyncMachines {

    SyncRestTest() {
        super("a", "b");
    }

    private void awaitBoth(Map<String, String> wanted) throws Exception {
        awaitAll(wanted);
        awaitApplied();
    }

    private JsonObject get(String path) throws Exception {
        HttpResponse<byte[]> answer = sync.get(path);
        assertEquals(200, answer.statusCode(), () -> path + ": " + json(answer));
        return json(answer);
    }

    private String refused(String path) throws Exception {
        HttpResponse<byte[]> answer = sync.get(path);
        return answer.statusCode() + " " + json(answer).getString("error");
    }

    private JsonObject file(String path) throws Exception {
        JsonArray files = get("files?folder=docs&prefix=" + encoded(path)).getJsonArray("files");
        return files.isEmpty() ? new JsonObject() : files.getJsonObject(0);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private HttpResponse<byte[]> put(String path, String node, String ifMatch, byte[] bytes) throws Exception {
        String query = "files?folder=docs&path=" + encoded(path) + "&node=" + node;
        return sync.send(query, request -> {
            request.PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
            return ifMatch.isEmpty() ? request : request.header("If-Match", ifMatch);
        });
    }

    private String putRefused(String path, String node, String ifMatch) throws Exception {
        HttpResponse<byte[]> answer = put(path, node, ifMatch, new byte[] {1});
        return answer.statusCode() + " " + json(answer).getString("error");
    }

    private HttpResponse<byte[]> part(String address, String... headers) throws Exception {
        return sync.send(address, request -> request.headers(headers));
    }

    @Test
    void fileIsPutAsAnEditOfItsMachineAndOnlyInPlaceOfTheVersionThatWasSeen() throws Exception {
        byte[] one = random(3_000_000, 1);
        HttpResponse<byte[]> made = put("new/dir/f", "a", "", one);
        assertEquals(201, made.statusCode(), () -> json(made).encode());
        assertEquals(one.length, json(made).getLong("sizeBytes"));
        Until.isTrue("it comes", () -> Files.exists(sync.folder("b").resolve("new/dir/f")));
        assertArrayEquals(one, Files.readAllBytes(sync.folder("b").resolve("new/dir/f")));
        JsonObject known = file("new/dir/f");
        assertEquals(json(made).getString("contentId"), known.getString("contentId"));
        assertEquals("412 stale_version", putRefused("new/dir/f", "a", ""));
        assertEquals("412 stale_version", putRefused("new/dir/f", "a", "\"0000000000000001:1\""));
        assertEquals("412 stale_version", putRefused("none", "a", "*"));
        byte[] two = random(100, 2);
        Until.isTrue("b has it", () -> sync.node("b").getLong("behindChanges") == 0);
        HttpResponse<byte[]> again = put("new/dir/f", "b", '"' + known.getString("version") + '"', two);
        assertEquals(200, again.statusCode(), () -> json(again).encode());
        Until.isTrue("it comes, too", () -> Files.size(sync.folder("a").resolve("new/dir/f")) == 100);
        assertEquals("412 stale_version", putRefused("new/dir/f", "a", known.getString("version")));
        assertEquals(0, sync.board().getJsonObject("conflicts").size());
    }

    @Test
    void fileWhoseLengthIsNotSaidIsPutToo() throws Exception {
        byte[] bytes = random(3_000_000, 3);
        HttpResponse<byte[]> made = sync.send(
                "files?folder=docs&path=streamed&node=a",
                request ->
                        request.PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
        assertEquals(201, made.statusCode(), () -> json(made).encode());
        assertArrayEquals(bytes, Files.readAllBytes(sync.folder("a").resolve("streamed")));
        Until.isTrue("it is known", () -> !file("streamed").isEmpty());
        assertEquals(json(made).getString("contentId"), file("streamed").getString("contentId"));
    }

    @Test
    void pathThatLeadsElsewhereAndMachineThatIsNotThereAreRefused() throws Exception {
        for (String path : new String[] {
            "", "/x", "../x", "a/../../x", ".pulseboard-sync/x", ".pulseboard-sync", "a//b", "x\0y", "n".repeat(300)
        }) {
            assertEquals("400 bad_name", putRefused(path, "a", ""), path);
        }
        assertEquals("404 unknown_node", putRefused("x", "nobody", ""));
        sync.write("a", "taken", "file");
        sync.write("a", ".pulseboardignore", "*.log\n");
        sync.write("a", "directory/f", "f");
        Until.isTrue("all is known", () -> sync.tree("b").size() == 4);
        assertEquals("400 bad_name", putRefused("x.log", "a", ""));
        assertEquals("409 busy_file", putRefused("taken/below", "a", ""));
        assertEquals("409 busy_file", putRefused("directory", "a", "*"));
        Files.createDirectories(root.resolve("outside"));
        Files.createSymbolicLink(sync.folder("a").resolve("link"), root.resolve("outside"));
        assertEquals("409 busy_file", putRefused("link/x", "a", ""));
        try (var all = Files.list(root.resolve("outside"))) {
            assertEquals(0, all.count());
        }
        sync.stop("b");
        Until.isTrue("b is gone", () -> sync.node("b").getString("status").equals("offline"));
        assertEquals("409 node_offline", putRefused("x", "b", ""));
        try (var all = Files.list(sync.folder("a").resolve(".pulseboard-sync"))) {
            assertEquals(
                    Set.of("folder.json", "old", "parts", "versions"),
                    Set.copyOf(all.map(each -> each.getFileName().toString()).toList()));
        }
    }

    @Test
    void fileIsDeletedOnlyAsItWasSeen() throws Exception {
        sync.write("a", "f", "one");
        awaitBoth(Map.of("f", SyncCase.hashOf("one")));
        JsonObject known = file("f");
        String address = "files/" + known.getString("id");
        assertEquals(412, sync.send(address, request -> request.DELETE()).statusCode());
        assertEquals(
                412,
                sync.send(address, request -> request.DELETE().header("If-Match", "\"other\""))
                        .statusCode());
        HttpResponse<byte[]> done =
                sync.send(address, request -> request.DELETE().header("If-Match", known.getString("contentId")));
        assertEquals(200, done.statusCode(), () -> json(done).encode());
        awaitBoth(Map.of());
        Until.isTrue(
                "it is forgotten when all have done it",
                () -> sync.board()
                                .getJsonObject("folders")
                                .getJsonObject("docs")
                                .getLong("deletedFiles")
                        == 0);
        assertEquals("404 unknown_file", refused(address));
    }

    @Test
    void partsOfAFileAreServed() throws Exception {
        byte[] bytes = random(9 << 20, 3);
        sync.write("a", "large", bytes);
        Until.isTrue("it is there", () -> Files.exists(sync.folder("b").resolve("large")));
        String address = "files/" + file("large").getString("id") + "/content";
        HttpResponse<byte[]> whole = sync.get(address);
        assertArrayEquals(bytes, whole.body());
        assertEquals("bytes", whole.headers().firstValue("Accept-Ranges").orElse(""));
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> middle = part(address, "Range", "bytes=1000000-5999999", "If-Range", tag);
        assertEquals(206, middle.statusCode());
        assertEquals(
                "bytes 1000000-5999999/" + bytes.length,
                middle.headers().firstValue("Content-Range").orElse(""));
        assertArrayEquals(Arrays.copyOfRange(bytes, 1_000_000, 6_000_000), middle.body());
        assertArrayEquals(
                Arrays.copyOfRange(bytes, bytes.length - 5, bytes.length),
                part(address, "Range", "bytes=-5").body());
        HttpResponse<byte[]> beyond = part(address, "Range", "bytes=" + bytes.length + "-");
        assertEquals(416, beyond.statusCode());
        assertEquals(
                "bytes */" + bytes.length,
                beyond.headers().firstValue("Content-Range").orElse(""));
        assertEquals(
                200,
                part(address, "Range", "bytes=0-1", "If-Range", "\"other\"").statusCode());
        assertEquals(304, part(address, "If-None-Match", tag).statusCode());
        HttpResponse<byte[]> head =
                sync.send(address, request -> request.method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(
                bytes.length, head.headers().firstValueAsLong("Content-Length").orElse(0));
        assertArrayEquals(bytes, sync.get(address + "?node=b").body());
        assertEquals("409 node_offline", refusedWhenGone(address));
    }

    private String refusedWhenGone(String address) throws Exception {
        sync.stop("b");
        Until.isTrue("b is gone", () -> sync.node("b").getString("status").equals("offline"));
        return refused(address + "?node=b");
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Changed(String id, String from, String to, byte[] bytes) {}

    /** A file of 4 MiB, in the middle of which one byte is changed. */
    private Changed changed() throws Exception {
        byte[] old = random(4 << 20, 4);
        sync.write("a", "f", old);
        Until.isTrue("it is there", () -> Files.exists(sync.folder("b").resolve("f")));
        String id = file("f").getString("id");
        String from = file("f").getString("contentId");
        byte[] now = old.clone();
        now[now.length / 2]++;
        sync.write("a", "f", now);
        Until.isTrue(
                "the change is known", () -> !file("f").getString("contentId").equals(from));
        Until.isTrue(
                "it is there, too",
                () -> Arrays.equals(now, Files.readAllBytes(sync.folder("b").resolve("f"))));
        return new Changed(id, from, file("f").getString("contentId"), now);
    }

    @Test
    void contentIsToldAsItIsCut() throws Exception {
        Changed changed = changed();
        byte[] now = changed.bytes;
        JsonObject chunks = get("files/" + changed.id + "/chunks?limit=3");
        assertEquals(3, chunks.getJsonArray("chunks").size());
        assertEquals(now.length, chunks.getLong("sizeBytes"));
        JsonObject second = chunks.getJsonArray("chunks").getJsonObject(1);
        int offset = second.getInteger("offset");
        byte[] cut = Arrays.copyOfRange(now, offset, offset + second.getInteger("length"));
        assertEquals(
                java.util.HexFormat.of()
                        .formatHex(
                                pulseboard.board.sync.content.Content.sha256().digest(cut)),
                second.getString("sha256"));
        int count = chunks.getInteger("count");
        JsonObject last = get("files/" + changed.id + "/chunks?first=" + (count - 1));
        assertEquals(1, last.getJsonArray("chunks").size());
    }

    @Test
    void oldVersionIsInTheHistoryAndWhatTheChangeCostsIsTold() throws Exception {
        Changed changed = changed();
        restart("b"); // What it has replaced is kept now.
        String file = "files/" + changed.id;
        Until.isTrue(
                "the old version is told",
                () -> !get(file + "/history").getJsonArray("versions").isEmpty());
        JsonObject kept = get(file + "/history").getJsonArray("versions").getJsonObject(0);
        assertEquals(changed.from, kept.getString("contentId"));
        JsonObject delta = get(file + "/delta?from=" + changed.from + "&to=" + changed.to);
        long more = delta.getLong("newBytes");
        assertEquals(changed.bytes.length, delta.getLong("sizeBytes"));
        assertTrue(more > 0 && more < 600_000, delta::encode);
        assertEquals(changed.bytes.length, more + delta.getLong("reusedBytes"));
        assertTrue(delta.getLong("listBytes") < 200, delta::encode);
        assertEquals("400 bad_parameter", refused(file + "/delta?from=x&to=" + changed.to));
    }

    /** Two on a, one after the other, then one on b. */
    private void threeChanges() throws Exception {
        sync.write("a", "one", "1");
        awaitBoth(Map.of("one", SyncCase.hashOf("1")));
        sync.write("a", "two", "2");
        Map<String, String> wanted = Map.of("one", SyncCase.hashOf("1"), "two", SyncCase.hashOf("2"));
        awaitBoth(wanted);
        sync.write("b", "three", "3");
        Until.isTrue("it comes", () -> sync.tree("a").size() == 3);
    }

    @Test
    void orderOfChangesSaysWhichKnewOfTheOneBefore() throws Exception {
        threeChanges();
        JsonArray order = get("causal-order?folder=docs").getJsonArray("changes");
        assertEquals(
                List.of("one null", "two after", "three concurrent"),
                order.stream()
                        .map(each -> (JsonObject) each)
                        .map(each -> each.getString("path") + " " + each.getString("relation"))
                        .toList());
        assertEquals(
                "after",
                get("causal-order?folder=docs&after=1")
                        .getJsonArray("changes")
                        .getJsonObject(0)
                        .getString("relation"));
    }

    @Test
    void listsSayWhatThereIsOfMachinesAndTheirClocks() throws Exception {
        threeChanges();
        Until.isTrue(
                "both have all",
                () -> get("files/" + file("two").getString("id"))
                                .getJsonArray("nodes")
                                .size()
                        == 2);
        Until.isTrue(
                "a knows of three",
                () -> get("clocks").getJsonObject("clocks").getJsonObject("a").getLong("b") == 1);
        assertEquals(2, get("clocks").getJsonObject("clocks").getJsonObject("b").getLong("a"));
        assertEquals(
                3, get("summary").getJsonObject("folders").getJsonObject("docs").getLong("files"));
        assertEquals(2, get("nodes").getJsonObject("nodes").size());
        assertEquals(2, get("topology").getJsonObject("nodes").size());
        Until.isTrue("three have come", () -> get("delta").getLong("files") == 3);
        assertEquals("a", get("nodes/a").getString("name"));
        assertTrue(get("nodes/b/files?folder=docs")
                .getJsonArray("files")
                .getJsonObject(0)
                .getBoolean("isThere"));
        assertEquals("404 unknown_node", refused("nodes/nobody"));
        assertEquals("404 unknown_folder", refused("causal-order?folder=other"));
        assertEquals("404 unknown_file", refused("files/0000000000000000"));
        assertEquals("404 unknown_conflict", refused("conflicts/1@docs"));
        assertEquals("400 bad_parameter", refused("events?after=x"));
    }
}
