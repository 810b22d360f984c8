package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** A real rclone, of both versions, uploads to a real WebDAV server with a password. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class UploaderTest {

    private static final int SMALL = 40;
    private static final int SMALL_BYTES = 5_000;
    private static final int LARGE_BYTES = 20_000_000;

    @TempDir
    private Path folder;

    private UploadsCase files(DavServer server, RcloneTools rclone) throws IOException {
        UploadsCase files = new UploadsCase(folder, rclone, server.remote("dav", server.port()));
        files.file("large.bin", LARGE_BYTES);
        files.file("with ü and 'quotes'/a b.txt", SMALL_BYTES);
        files.file("left out.tmp", SMALL_BYTES);
        for (int number = 1; number < SMALL; number++) {
            files.file("small/" + number, SMALL_BYTES);
        }
        return files;
    }

    /** What is in a folder: sizes by path. */
    private static Map<String, Long> tree(Path root) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sizes.put(root.relativize(file).toString(), Files.size(file));
            }
        }
        return sizes;
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void whatWaitsArrivesAndIsCountedOnce(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                UploadsCase files = files(server, rclone)) {
            files.open();
            files.upload("done");
            JsonObject counts = files.shown().getJsonObject("files");
            assertEquals(SMALL + 1, counts.getInteger("uploaded"));
            assertEquals(SMALL + 1, counts.getInteger("processed"));
            assertEquals(100.0, files.shown().getJsonObject("bytes").getDouble("percent"));
            long all = LARGE_BYTES + (long) SMALL * SMALL_BYTES;
            assertEquals(all, files.shown().getJsonObject("bytes").getLong("done"));
            assertEquals(all, files.account("dav").getLong("usedBytes"));
            Map<String, Long> sent = tree(files.source());
            sent.remove("left out.tmp");
            assertEquals(sent, tree(server.folder().resolve("in")));
            files.await(
                    "what arrived does not wait",
                    () -> files.shown().getJsonObject("queue").getInteger("files") == 0);
            files.file("new.bin", SMALL_BYTES);
            files.upload("done");
            assertEquals(1, files.shown().getJsonObject("files").getInteger("found"));
            assertTrue(files.shown().getJsonObject("rates").getLong("averageBytesPerSecond") > 0);
            files.await("its rclone has gone", () -> files.rclone().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void whatIsMovedIsGoneFromTheFolder(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                UploadsCase files = files(server, rclone).moving()) {
            Map<String, Long> sent = tree(files.source());
            files.open();
            files.upload("done");
            sent.remove("left out.tmp");
            assertEquals(sent, tree(server.folder().resolve("in")));
            assertEquals(Map.of("left out.tmp", (long) SMALL_BYTES), tree(files.source()));
            assertEquals(SMALL + 1, files.shown().getJsonObject("files").getInteger("uploaded"));
            assertFalse(files.shown().containsKey("trouble"));
        }
    }
}
