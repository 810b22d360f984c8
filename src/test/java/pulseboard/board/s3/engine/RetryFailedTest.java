package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import pulseboard.board.s3.S3Server;

/** A run of only what failed in the one before, against a real server. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class RetryFailedTest {

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Server(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeBucket() throws IOException {
        files = new S3Case(server, folder, "b" + UUID.randomUUID().toString().substring(0, 8));
    }

    private JsonObject run(String address, RunOptions options, int code) throws InterruptedException {
        S3Config config = S3Case.withJob(files.config(address), Map.of("symlinks", "fail", "delete", "delete"));
        JobRun run = new JobRun("photos", config, files.state(), options);
        assertEquals(code, run.run(state -> {}), () -> run.state().encodePrettily());
        return run.state();
    }

    private JsonObject run(RunOptions options, int code) throws InterruptedException {
        return run(server.address(), options, code);
    }

    /** Takes the place of a file, and is one that fails. */
    private byte[] link(String path) throws IOException {
        Path file = files.source().resolve(path);
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        Files.deleteIfExists(file);
        Files.createDirectories(file.getParent());
        Path unused = Files.createSymbolicLink(file, files.source().resolve("good"));
        return before;
    }

    private void unlink(String path) throws IOException {
        Files.delete(files.source().resolve(path));
    }

    private boolean isThere(String path) {
        return Files.exists(files.objects().resolve("p").resolve(path));
    }

    private static long count(JsonObject state, String group, String key) {
        return state.getJsonObject(group).getLong(key, 0L);
    }

    @Test
    void onlyWhatFailedIsLookedAtAndNothingIsDeleted() throws Exception {
        files.file("good", 100);
        files.file("d/same", 200);
        files.file("changed", 300);
        long succeeded = run(RunOptions.NONE, JobRun.DONE).getLong("lastSuccessAt");
        byte[] same = link("d/same");
        link("new");
        link("changed");
        link("gone");
        JsonObject first = run(RunOptions.NONE, JobRun.INCOMPLETE);
        assertEquals(4, count(first, "files", "failed"));

        unlink("d/same");
        Files.write(files.source().resolve("d/same"), same);
        unlink("new");
        files.file("new", 400);
        unlink("changed");
        byte[] changed = Files.readAllBytes(files.file("changed", 300));
        unlink("gone");
        files.file("later", 10);
        unlink("good");
        JsonObject again = run(RunOptions.FAILED, JobRun.DONE);

        assertEquals(
                first.getJsonObject("run").getString("id"),
                again.getJsonObject("run").getString("retryOf"));
        assertEquals(2, count(again, "files", "uploaded"));
        assertEquals(1, count(again, "files", "unchanged"));
        assertEquals(1, count(again, "files", "skipped"));
        assertEquals(100.0, again.getJsonObject("bytes").getDouble("percent"));
        assertArrayEquals(changed, Files.readAllBytes(files.objects().resolve("p/changed")));
        assertFalse(isThere("later"), "it had not failed");
        assertTrue(isThere("good"), "a part of the job says nothing of what is gone");
        assertEquals(0, count(again, "requests", "list"));
        assertEquals(4, count(again, "requests", "head"), "one each, and one more of the changed one");
        assertEquals(succeeded, again.getLong("lastSuccessAt"), "the whole job was not looked at");
        JsonObject nothing = run(RunOptions.FAILED, JobRun.FAILED);
        assertTrue(nothing.getJsonObject("errors").getJsonObject("byCode").containsKey("nothingFailed"));
    }

    @Test
    void objectThatCannotBeAskedForIsNotTakenForAbsent() throws Exception {
        files.file("good", 100);
        link("bad");
        run(RunOptions.NONE, JobRun.INCOMPLETE);
        unlink("bad");
        files.file("bad", 500);
        try (Relay line = new Relay(server.port())) {
            line.damage("HEAD /"); // With another method the signature is wrong: 403.
            JsonObject again = run(line.address(), RunOptions.FAILED, JobRun.INCOMPLETE);
            assertEquals(1, count(again, "files", "failed"));
            assertEquals(0, count(again, "requests", "put"), again::encodePrettily);
            assertEquals(count(again, "bytes", "planned"), 500);
        }
        assertFalse(isThere("bad"));
        assertEquals(1, count(run(RunOptions.FAILED, JobRun.DONE), "files", "uploaded"));
        assertTrue(isThere("bad"));
    }

    @Test
    void whatIsBehindALinkByNowIsLeftOut() throws Exception {
        files.file("good", 100);
        link("d/bad");
        run(RunOptions.NONE, JobRun.INCOMPLETE);
        unlink("d/bad");
        unlink("d");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("bad"), "secret");
        Path unused = Files.createSymbolicLink(files.source().resolve("d"), elsewhere);
        JsonObject again = run(RunOptions.FAILED, JobRun.DONE);
        assertEquals(1, count(again, "files", "skipped"));
        assertFalse(isThere("d/bad"));
    }
}
