package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;
import pulseboard.board.uploads.config.AccountConfig;

/** What would keep a session from ever ending: a connection that stands still, and a file that nobody takes. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class StallTest {

    private static final int BYTES = 300_000;

    @TempDir
    private Path folder;

    private UploadsCase files(DavServer server, RcloneTools rclone, int port) throws Exception {
        UploadsCase files = new UploadsCase(folder, rclone, server.remote("dav", port));
        files.file("one", BYTES);
        files.file("stuck", BYTES);
        files.file("three", BYTES);
        return files;
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void stageInWhichNothingMovesIsStoppedAndItsFilesAreTriedAgain(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port());
                UploadsCase files = files(
                                server, rclone, URI.create(line.address()).getPort())
                        .stallingAfter(4)) {
            line.holdAt("PUT /in/stuck");
            files.open();
            files.tell(Command.START);
            files.await("it has stalled", () -> files.stalls() > 0);
            line.cut(); // Else what is in its buffers would arrive now.
            line.goOn();
            files.awaitEnd("done");
            assertEquals(3, files.count("uploaded"));
            assertEquals(BYTES, Files.size(server.folder().resolve("in/stuck")));
            assertEquals(3L * BYTES, files.account("dav").getLong("usedBytes") - files.sentForNothing());
        }
    }

    @Test
    void fileThatNoAccountTakesIsToldWhenItIsListedAndKeepsNobodyWaiting() throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                UploadsCase files = new UploadsCase(folder, RcloneTools.NEWEST, server.remote("one", server.port()))) {
            files.by(Map.of("one", new AccountConfig("1000000", "")));
            files.file("small", BYTES);
            files.file("too large", 999_999); // With the reserve.
            files.open();
            files.await("it is told", () -> queue(files).getInteger("tooLargeFiles", 0) == 1);
            assertEquals("too large", queue(files).getString("tooLargePath"));
            assertEquals(1, queue(files).getInteger("files"));
            files.upload("done");
            assertEquals(1, files.count("found"));
            assertFalse(Files.exists(server.folder().resolve("in/too large")));
            FileHistory history = new FileHistory(files.state().resolve("files.ndjson"));
            JsonArray all = history.toJson(new FileHistory.Query("media", "", "", "", Long.MAX_VALUE, 10))
                    .getJsonArray("files");
            assertEquals(1, all.size());
            assertEquals("one", all.getJsonObject(0).getString("account"));
            assertTrue(all.getJsonObject(0).getLong("at") > 0);
        }
    }

    private static JsonObject queue(UploadsCase files) {
        return files.shown().getJsonObject("queue", new JsonObject());
    }
}
