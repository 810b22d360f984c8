package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.SwiftServer;
import pulseboard.board.s3.With;

/** Whole runs against Swift with {@code s3api}: it knows no conditions, no checksums, and wants a digest of what is to be deleted. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("soak") // Only in "make test-long": what it brings is unpacked there.
class SwiftTest {

    private static final int LARGE = 24_000_000;

    /** What is told apart by the order of bytes. */
    private static final List<String> NAMES = List.of(
            "a1",
            "a-",
            "a.b",
            "a0",
            "ab",
            "a/b",
            "\uFFEE",
            "\uD800\uDC00",
            "z\uFFEE",
            "z\uD83D\uDE00/x",
            "é1",
            "é/x",
            "a&b;c?d#e%41+f g",
            "<script>alert(1)</script>",
            "a\"quote'");

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static SwiftServer server;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    @BeforeAll
    static void startServer() throws Exception {
        server = new SwiftServer();
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) { // Where there is no Swift there is none to stop.
            server.close();
        }
    }

    @BeforeEach
    void makeBucket() throws Exception {
        files = new S3Case(server, folder, "b" + UUID.randomUUID());
    }

    private JsonObject run(S3Config config, int code) throws InterruptedException {
        JobRun run = new JobRun("photos", config, files.state(), RunOptions.NONE);
        assertEquals(code, run.run(state -> {}), () -> run.state().encodePrettily());
        return run.state();
    }

    private JsonObject run() throws InterruptedException {
        return run(files.config(server.address()), JobRun.DONE);
    }

    private static long files(JsonObject state, String key) {
        return state.getJsonObject("files").getLong(key);
    }

    private static long bytes(JsonObject state, String key) {
        return state.getJsonObject("bytes").getLong(key);
    }

    @Test
    void folderIsInTheBucketAndTheNextRunSendsNothing() throws Exception {
        files.file("a b/ü +&%.txt", 100);
        files.file("empty", 0);
        files.file("large.bin", LARGE);
        for (int number = 0; number < 50; number++) {
            files.file("many/" + number, 1_000 * number);
        }
        JsonObject first = run();
        assertEquals(53, files(first, "uploaded"));
        assertEquals(bytes(first, "planned"), bytes(first, "done"));
        assertEquals("none", first.getJsonObject("server").getString("checksum"));
        assertEquals("refused", first.getJsonObject("server").getString("createOnly"));
        files.requireEqualByRclone();
        JsonObject second = run();
        assertEquals(53, files(second, "unchanged"), second::encodePrettily);
        assertEquals(0, bytes(second, "sent"));
        Files.delete(files.state().resolve("photos").resolve("job.mv"));
        JsonObject third = run();
        assertEquals(53, files(third, "unchanged"), third::encodePrettily);
        assertEquals("", files.openUploads());
    }

    @Test
    void namesAroundTheEdgesOfTheOrderAreSentOnceAndNoneIsDeletedButThoseThatAreGone() throws Exception {
        for (String name : NAMES) {
            files.file(name, 10);
        }
        S3Config config =
                S3Case.withJob(files.config(server.address()), Map.of("delete", "delete", "maxDeletePercent", 100));
        assertEquals(NAMES.size(), files(run(config, JobRun.DONE), "uploaded"));
        JsonObject second = run(config, JobRun.DONE);
        assertEquals(NAMES.size(), files(second, "unchanged"), second::encodePrettily);
        assertEquals(0, files(second, "deleted"));
        for (String name : NAMES) {
            Files.delete(files.source().resolve(name));
        }
        files.file("stays", 10);
        JsonObject third = run(config, JobRun.DONE);
        assertEquals(NAMES.size(), files(third, "deleted"), third::encodePrettily);
        assertEquals(List.of("p/stays"), files.keys());
    }

    @Test
    void contentIsWhatCounts() throws Exception {
        Path touched = files.file("touched", 1_000);
        Path edited = files.file("edited", 1_000);
        FileTime time = Files.getLastModifiedTime(edited);
        run();
        Files.setLastModifiedTime(touched, FileTime.fromMillis(1_600_000_000_000L));
        files.file("edited", 1_000);
        Files.setLastModifiedTime(edited, time);
        JsonObject second = run();
        assertEquals(1, files(second, "uploaded"));
        assertEquals(1, files(second, "unchanged"));
        files.requireEqualByRclone();
    }

    @Test
    void runThatWasCutOffGoesOnWithTheParts() throws Exception {
        files.file("large.bin", LARGE);
        try (Relay line = new Relay(server.port())) {
            line.limit(20_000_000);
            S3Config slow = With.values(files.config(line.address()), Map.of("maxWorkers", 2));
            JobRun first = new JobRun("photos", slow, files.state(), RunOptions.NONE);
            line.cutAfter(17_000_000, first::stop);
            assertEquals(JobRun.STOPPED, first.run(state -> {}));
        }
        JsonObject second = run();
        assertTrue(bytes(second, "resumed") >= 5 << 20, second::encodePrettily);
        assertEquals(LARGE, bytes(second, "resumed") + bytes(second, "sent"));
        files.requireEqualByRclone();
        assertEquals("", files.openUploads());
    }

    @Test
    void byteThatIsDamagedOnTheWayIsNotDone() throws Exception {
        Files.writeString(files.source().resolve("good"), "all is well");
        Files.writeString(files.source().resolve("bad"), "mind the gap");
        try (Relay line = new Relay(server.port())) {
            line.damage("mind the gap");
            JsonObject state = run(files.config(line.address()), JobRun.INCOMPLETE);
            assertEquals("failed", state.getString("phase"));
            assertEquals(1, files(state, "uploaded"));
            assertEquals(1, files(state, "failed"));
            assertTrue(state.getJsonObject("bytes").getDouble("percent") < 100);
        }
    }
}
