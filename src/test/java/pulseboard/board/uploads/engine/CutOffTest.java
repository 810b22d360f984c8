package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.Until;
import pulseboard.board.s3.CephServer;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.CephAccounts;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** A file that arrives in the moment in which its stage is stopped: rclone never says so. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class CutOffTest {

    private static final int BYTES = 1_000_000;

    @TempDir
    private Path folder;

    private interface Act {
        void run() throws Exception;
    }

    private static boolean isWhole(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.anyMatch(
                    file -> Files.isRegularFile(file) && file.toFile().length() == BYTES);
        }
    }

    /** The server has all of it, and its answer is held back; this is done then. */
    private static void cutOff(DavServer server, Relay line, UploadsCase files, Act act) throws Exception {
        line.holdAnswerTo("PUT /in/film");
        files.open();
        files.tell(Command.START);
        files.await("it is there", () -> isWhole(server.folder().resolve("in")));
        files.await(
                "and was seen under way",
                () -> files.shown().getJsonObject("active").size() == 1);
        act.run();
        line.goOn();
    }

    private void requireUploaded(UploadsCase files) throws Exception {
        files.awaitEnd("done");
        assertEquals(1, files.count("uploaded"), files.shown()::encodePrettily);
        assertEquals(0, files.count("unchanged"));
        assertEquals(BYTES, files.account("dav").getLong("usedBytes"));
        assertEquals(1, files.account("dav").getInteger("totalFiles"));
        assertEquals(1, files.shown().getJsonObject("session").getInteger("accountsUsed"));
        JsonArray past = new FileHistory(files.state().resolve("files.ndjson"))
                .toJson(new FileHistory.Query("media", "", "", "", Long.MAX_VALUE, 10))
                .getJsonArray("files");
        assertEquals(List.of("uploaded"), past.stream().map(CutOffTest::result).toList());
    }

    private static String result(Object file) {
        return ((JsonObject) file).getString("result");
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void fileThatArrivesAsItsStageIsStoppedIsUploadedOnce(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port());
                UploadsCase files = new UploadsCase(
                        folder,
                        rclone,
                        server.remote("dav", URI.create(line.address()).getPort()))) {
            files.file("film", BYTES);
            cutOff(server, line, files, () -> {
                files.tell(Command.PAUSE);
                files.await(
                        "it is paused",
                        () -> files.shown().getString("phase", "").equals("paused"));
            });
            files.tell(Command.RESUME);
            requireUploaded(files);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void soIsOneThatArrivesAsTheProgramEnds(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port());
                UploadsCase files = new UploadsCase(
                        folder,
                        rclone,
                        server.remote("dav", URI.create(line.address()).getPort()))) {
            files.file("film", BYTES);
            cutOff(server, line, files, files::shut);
            files.open();
            requireUploaded(files);
        }
    }

    /** A remote that keeps times tells at once that it is there; else another account would send it again, into a bucket of its own. */
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void whereTimesAreKeptItIsCountedAtOnce(RcloneTools rclone) throws Exception {
        CephAccounts accounts = new CephAccounts(100_000_000);
        try (Relay line = new Relay(CephServer.shared().port());
                UploadsCase files = new UploadsCase(folder, rclone, accounts.config(line.address()))
                        .byRemotes(accounts.remotes())) {
            files.file("film", BYTES);
            line.holdAnswerTo("PUT /" + accounts.remotes().get(0).replaceFirst(".*:", "") + "/in/film");
            files.open();
            files.tell(Command.START);
            Until.isTrue("it is there", () -> accounts.there().equals(List.of(Map.of("in/film", (long) BYTES))));
            files.await(
                    "and was seen under way",
                    () -> files.shown().getJsonObject("active").size() == 1);
            files.tell(Command.PAUSE);
            files.await(
                    "it is paused", () -> files.shown().getString("phase", "").equals("paused"));
            assertEquals(1, files.count("uploaded"), files.shown()::encodePrettily);
            assertEquals(BYTES, files.account(accounts.remotes().get(0)).getLong("usedBytes"));
            line.goOn();
            files.tell(Command.RESUME);
            files.awaitEnd("done");
        }
    }
}
