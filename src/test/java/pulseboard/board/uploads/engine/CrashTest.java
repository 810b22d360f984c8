package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** Sessions that are cut off: nothing is lost, counted twice, or half there under its own name. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class CrashTest {

    private static final int FILES = 12;
    private static final int BYTES = 3_000_000;
    private static final long SLOW = 4_000_000;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private DavServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new DavServer(folder.resolve("server"));
    }

    private UploadsCase files(RcloneTools rclone) throws Exception {
        UploadsCase files = new UploadsCase(folder, rclone, server.remote("dav", server.port()));
        for (int number = 0; number < FILES; number++) {
            files.file("f" + number, BYTES + number);
        }
        files.open();
        files.limit(SLOW);
        files.tell(Command.START);
        files.await("some have arrived", () -> files.count("uploaded") >= 2 && files.isAtOne());
        return files;
    }

    /** All that is there is what it is here. */
    private void requireWhole(UploadsCase files, boolean isAll) throws IOException {
        int count = 0;
        try (Stream<Path> all = Files.walk(server.folder().resolve("in"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".partial")) {
                    Path source = files.source().resolve(file.getFileName().toString());
                    assertTrue(
                            Arrays.equals(Files.readAllBytes(source), Files.readAllBytes(file)),
                            file + " is not whole");
                    count++;
                }
            }
        }
        assertTrue(!isAll || count == FILES, count + " are there");
    }

    /** By the ledger each file has arrived once. */
    private void requireCountedOnce(UploadsCase files) throws IOException {
        Set<String> seen = new HashSet<>();
        try (Ledger ledger = new Ledger(files.state().resolve("ledger"))) {
            ledger.read(record -> {
                if (record.kind().equals("done")) {
                    assertTrue(seen.add(record.path()), record.path() + " is counted twice");
                }
            });
        }
        assertTrue(seen.size() >= FILES - 2, "only " + seen); // At most what was under way arrived untold.
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void killedRcloneIsLostAndTheRestGoesOnByItself(RcloneTools rclone) throws Exception {
        try (DavServer there = server;
                UploadsCase files = files(rclone)) {
            String first = files.session();
            assertTrue(files.rclone().orElseThrow().destroyForcibly());
            files.await("it is lost", () -> files.shown().getString("phase", "").equals("lost"));
            files.limit(0);
            files.await("another session begins", () -> !files.session().equals(first));
            files.awaitEnd("done");
            requireWhole(files, true);
            requireCountedOnce(files);
            assertEquals(there.folder(), server.folder());
        }
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void sessionIsFoundAgainWhileItsRcloneGoesOn(RcloneTools rclone) throws Exception {
        try (DavServer there = server;
                UploadsCase files = files(rclone)) {
            String session = files.session();
            ProcessHandle process = files.rclone().orElseThrow();
            files.abandon();
            files.open();
            files.await("it is found again", () -> files.session().equals(session));
            files.limit(0);
            files.awaitEnd("done");
            assertEquals(FILES, files.count("uploaded"));
            assertEquals(List.of(), files.errors());
            requireWhole(files, true);
            requireCountedOnce(files);
            assertTrue(!process.isAlive() || files.rclone().isPresent());
            assertEquals(there.folder(), server.folder());
        }
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void politeEndLeavesNothingHalfAndGoesOnLater(RcloneTools rclone) throws Exception {
        try (DavServer there = server;
                UploadsCase files = files(rclone)) {
            String session = files.session();
            files.shut();
            assertTrue(files.rclone().isEmpty() || !files.rclone().orElseThrow().isAlive());
            requireWhole(files, false);
            files.open();
            files.awaitEnd("done");
            JsonObject shown = files.shown();
            assertEquals(session, files.session());
            assertEquals(FILES, shown.getJsonObject("files").getInteger("processed"));
            requireWhole(files, true);
            requireCountedOnce(files);
            assertEquals(there.folder(), server.folder());
        }
    }

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void pausedItLeavesNothingHalfAndGoesOnWhenResumed(RcloneTools rclone) throws Exception {
        try (DavServer there = server;
                UploadsCase files = files(rclone)) {
            files.tell(Command.PAUSE);
            files.await(
                    "it is paused", () -> files.shown().getString("phase", "").equals("paused"));
            requireWhole(files, false);
            files.limit(0);
            files.tell(Command.RESUME);
            files.awaitEnd("done");
            assertEquals(FILES, files.count("uploaded"));
            requireWhole(files, true);
            requireCountedOnce(files);
            assertEquals(there.folder(), server.folder());
        }
    }
}
