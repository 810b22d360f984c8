package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.CephServer;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.With;

/** Whole runs against Ceph's gateway, which answers in other ways than s3proxy: no checksums, its own order of things, real quotas. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class CephTest {

    private static final int LARGE = 24_000_000;

    /** What is told apart by the order of bytes, and what is a sign elsewhere. */
    private static final List<String> NAMES = List.of(
            "a",
            "a-",
            "a.b",
            "a0",
            "b/c",
            "b-/c",
            "\uFFEE",
            "\uD800\uDC00",
            "z\uFFEE",
            "z\uD83D\uDE00/x",
            "é",
            "line\nbreak",
            "a\"quote'",
            "tab\there",
            "bell\u0007",
            "\u001b[31mred",
            "<script>alert(1)</script>",
            "a&b;c?d#e%41+f g",
            "back\\slash",
            "*[x]{y}",
            "~",
            " leading",
            "x".repeat(250) + "/" + "y".repeat(250));

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static CephServer server;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private CephServer.User user;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    @BeforeAll
    static void startServer() throws Exception {
        server = CephServer.shared();
    }

    @BeforeEach
    void makeBucket() throws Exception {
        user = server.user();
        files = new S3Case(user, folder, "b" + UUID.randomUUID());
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
        files.requireEqualByRclone();
        JsonObject second = run();
        assertEquals(53, files(second, "unchanged"), second::encodePrettily);
        assertEquals(0, bytes(second, "sent"));
        Files.delete(files.state().resolve("photos").resolve("job.mv"));
        JsonObject third = run();
        assertEquals(53, files(third, "unchanged"), third::encodePrettily);
        assertEquals("", files.openUploads());
    }

    private static String code(JsonObject state) {
        return String.join(
                " ", state.getJsonObject("errors").getJsonObject("byCode").fieldNames());
    }

    private static String words(JsonObject state) {
        JsonObject recent = state.getJsonObject("errors").getJsonObject("recent");
        return recent.getJsonObject("1").getString("message");
    }

    @Test
    void contentIsWhatCountsAndWhatIsGoneIsDeletedWithinItsBounds() throws Exception {
        for (int number = 0; number < 20; number++) {
            files.file("d/" + number, 1_000);
        }
        files.put("outside", "not of the job");
        S3Config config = S3Case.withJob(files.config(server.address()), Map.of("delete", "delete", "verify", "read"));
        assertEquals(20, files(run(config, JobRun.DONE), "uploaded"));
        Path edited = files.source().resolve("d/1");
        FileTime time = Files.getLastModifiedTime(edited);
        files.file("d/1", 1_000);
        Files.setLastModifiedTime(edited, time);
        Files.setLastModifiedTime(files.source().resolve("d/2"), FileTime.fromMillis(1_600_000_000_000L));
        Files.delete(files.source().resolve("d/3"));
        JsonObject second = run(config, JobRun.DONE);
        assertEquals(1, files(second, "uploaded"));
        assertEquals(18, files(second, "unchanged"));
        assertEquals(1, files(second, "deleted"));
        files.requireEqualByRclone();
        assertTrue(files.keys().contains("outside"));
        for (int number = 4; number < 10; number++) {
            Files.delete(files.source().resolve("d/" + number));
        }
        JobRun many = new JobRun("photos", config, files.state(), RunOptions.NONE);
        many.run(state -> refuse(many, state));
        assertEquals(0, files(many.state(), "deleted"));
        assertEquals(20, files.keys().size());
    }

    private static void refuse(JobRun run, JsonObject state) {
        JsonObject question = state.getJsonObject("question");
        if (question != null) {
            run.obey(new JsonObject()
                    .put("command", "confirm")
                    .put("question", question.getString("id"))
                    .put("answer", false));
        }
    }

    @Test
    void namesOfAllKindsArriveAsTheyAreInTheOrderOfTheirBytes() throws Exception {
        for (String name : NAMES) {
            files.file(name, 10);
        }
        JsonObject first = run();
        assertEquals(NAMES.size(), files(first, "uploaded"), first::encodePrettily);
        JsonObject second = run();
        assertEquals(NAMES.size(), files(second, "unchanged"), second::encodePrettily);
        assertEquals(1L, second.getJsonObject("requests").getLong("list"));
        assertEquals("yes", second.getJsonObject("server").getString("ordered"));
        S3Config deleting =
                S3Case.withJob(files.config(server.address()), Map.of("delete", "delete", "maxDeletePercent", 100));
        for (String name : NAMES) {
            Files.delete(files.source().resolve(name));
        }
        files.file("stays", 10);
        JsonObject third = run(deleting, JobRun.DONE);
        assertEquals(NAMES.size(), files(third, "deleted"), third::encodePrettily);
        assertEquals(List.of("p/stays"), files.keys());
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
    void whatSomebodyElseMadeMeanwhileStaysTheirs() throws Exception {
        files.file("small", 2_000_000);
        files.file("large.bin", LARGE);
        try (Relay line = new Relay(server.port())) {
            line.limit(8_000_000);
            JobRun run = new JobRun("photos", files.config(line.address()), files.state(), RunOptions.NONE);
            line.whenUp(
                    100_000, () -> putTheirs("p/small", "p/large.bin")); // After the list, while both are under way.
            assertEquals(
                    JobRun.INCOMPLETE, run.run(state -> {}), () -> run.state().encodePrettily());
            assertEquals(2, files(run.state(), "conflicts"), () -> run.state().encodePrettily());
        }
        assertEquals("theirs", files.get("p/small"));
        assertEquals("theirs", files.get("p/large.bin"));
        assertEquals("", files.openUploads());
    }

    private void putTheirs(String... keys) {
        try {
            for (String key : keys) {
                files.put(key, "theirs");
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatCephRefusesIsToldInWords() throws Exception {
        files.file("a", 1_000);
        files.file("b", 1_000);
        String address = server.address();
        assertEquals("noSuchBucket", code(run(files.config(address, "nowhere"), JobRun.FAILED)));
        files.credentials("nobody", user.secret());
        assertEquals("wrongKey", code(run(files.config(address), JobRun.FAILED)));
        files.credentials(user.name(), "a-secret-that-is-wrong");
        JsonObject wrong = run(files.config(address), JobRun.FAILED);
        assertEquals("wrongSecret", code(wrong));
        assertFalse(wrong.encode().contains("a-secret-that-is-wrong"));
        CephServer.User other = server.user();
        files.credentials(other.name(), other.secret());
        JsonObject foreign = run(files.config(address), JobRun.FAILED);
        assertEquals("accessDenied", code(foreign));
        assertTrue(words(foreign).contains("may not do this"), words(foreign));
        user.suspend();
        files.credentials(user.name(), user.secret());
        JsonObject suspended = run(files.config(address), JobRun.FAILED);
        assertEquals("userSuspended", code(suspended));
        assertTrue(words(suspended).contains("suspended"), words(suspended));
    }

    /** Small files one after the other, and one in parts; each in turn until nothing fits any more. */
    @Test
    void whatDoesNotFitIntoTheQuotaIsToldAndGoesOnWhenThereIsRoom() throws Exception {
        for (int number = 0; number < 10; number++) {
            files.file("f" + number, 1_000_000);
        }
        user.quota(4_500_000);
        S3Config config = With.values(files.config(server.address()), Map.of("maxWorkers", 1));
        JsonObject first = run(config, JobRun.INCOMPLETE);
        assertEquals(4, files(first, "uploaded"), first::encodePrettily);
        assertEquals(6, files(first, "failed"));
        assertEquals("quotaExceeded", code(first));
        assertTrue(words(first).contains("the quota on the server is used up"), words(first));
        String reason = first.getJsonObject("run").getString("reason");
        assertTrue(
                reason.startsWith("6 files are not") && reason.contains("the quota on the server is used up"), reason);
        user.quota(10_500_000);
        JsonObject second = run(config, JobRun.DONE);
        assertEquals(4, files(second, "unchanged"));
        assertEquals(6, files(second, "uploaded"));
        files.file("large.bin", LARGE);
        JsonObject third = run(config, JobRun.INCOMPLETE);
        assertEquals("quotaExceeded", code(third), third::encodePrettily);
        assertEquals("", files.openUploads());
        user.quota(100_000_000);
        assertEquals(1, files(run(config, JobRun.DONE), "uploaded"));
        files.requireEqualByRclone();
    }
}
