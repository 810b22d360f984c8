package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.RunFiles;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;
import pulseboard.board.s3.With;

/** What the settings of a job and commands to a run change, against a real server. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class OptionsTest {

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    private final List<JsonObject> told = new CopyOnWriteArrayList<>();

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

    private JobRun job(String address, Map<String, Object> values) {
        return new JobRun("photos", S3Case.withJob(files.config(address), values), files.state(), RunOptions.NONE);
    }

    private JsonObject run(JobRun run, int code) throws InterruptedException {
        assertEquals(code, run.run(told::add), () -> run.state().encodePrettily());
        return run.state();
    }

    private JsonObject run(Map<String, Object> values, int code) throws InterruptedException {
        return run(job(server.address(), values), code);
    }

    private static long count(JsonObject state, String group, String key) {
        return state.getJsonObject(group).getLong(key, 0L);
    }

    private static JsonObject command(String name) {
        return new JsonObject().put("command", name);
    }

    @Test
    void pausedRunSendsNothingUntilItIsResumed() throws Exception {
        for (int number = 0; number < 30; number++) {
            files.file("f" + number, 100_000);
        }
        try (Relay line = new Relay(server.port())) {
            line.limit(3_000_000);
            JobRun run = job(line.address(), Map.of());
            line.whenUp(600_000, () -> run.obey(command("pause")));
            List<Long> whilePaused = new ArrayList<>();
            int code = run.run(state -> {
                told.add(state);
                if (state.getString("phase").equals("paused")
                        && state.getJsonObject("workers").getInteger("busy") == 0) {
                    whilePaused.add(count(state, "bytes", "sent"));
                    if (whilePaused.size() == 5) {
                        run.obey(command("resume"));
                    }
                }
            });
            assertEquals(JobRun.DONE, code);
            assertEquals(1, Set.copyOf(whilePaused).size(), whilePaused::toString);
            assertTrue(whilePaused.get(0) < 3_000_000);
            assertFalse(told.stream()
                    .filter(state -> state.getString("phase").equals("paused"))
                    .anyMatch(state -> state.containsKey("estimate")));
        }
    }

    @Test
    void headAsksForEachObjectAndReadReadsEach() throws Exception {
        for (int number = 0; number < 10; number++) {
            files.file("f" + number, 1_000);
        }
        files.file("large.bin", 20_000_000);
        // A large one is asked for before and after its parts are put together, too.
        assertEquals(13, count(run(Map.of("verify", "head"), JobRun.DONE), "requests", "head"));
        IntStream.range(0, 10).forEach(number -> again("f" + number));
        JsonObject read = run(Map.of("verify", "read"), JobRun.DONE);
        assertEquals(10, count(read, "requests", "get"));
        IntStream.range(0, 10).forEach(number -> again("f" + number));
        assertEquals(2, count(run(Map.of("verify", "sample:5"), JobRun.DONE), "requests", "get"));
    }

    private void again(String path) {
        try {
            files.file(path, 1_000);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void objectThatIsReadBackDamagedIsNotDone() throws Exception {
        Files.writeString(files.source().resolve("good"), "all is well");
        Files.writeString(files.source().resolve("bad"), "mind the gap");
        try (Relay line = new Relay(server.port())) {
            line.damageAnswers("mind the gap");
            JsonObject state = run(job(line.address(), Map.of("verify", "read")), JobRun.INCOMPLETE);
            assertEquals(1, count(state, "files", "failed"));
            assertEquals(1, count(state, "files", "uploaded"));
            assertTrue(count(state, "verification", "failed") > 0);
        }
    }

    @Test
    void symlinksAreSkippedFollowedOrErrors() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/deep"));
        Files.writeString(elsewhere.resolve("file"), "linked");
        files.file("d/a", 10);
        Files.createSymbolicLink(files.source().resolve("d/link"), elsewhere.resolve("file"));
        Files.createSymbolicLink(files.source().resolve("folder"), elsewhere.getParent());
        Files.createSymbolicLink(files.source().resolve("d/round"), files.source());
        Files.createSymbolicLink(files.source().resolve("nowhere"), folder.resolve("missing"));
        JsonObject skipped = run(Map.of(), JobRun.DONE);
        assertEquals(4, count(skipped, "files", "skipped"));
        assertEquals(4, count(run(Map.of("symlinks", "fail"), JobRun.INCOMPLETE), "files", "failed"));
        JsonObject followed = run(Map.of("symlinks", "follow"), JobRun.DONE);
        assertEquals(2, count(followed, "files", "uploaded"));
        assertEquals("linked", Files.readString(files.objects().resolve("p/folder/deep/file")));
        assertEquals("linked", Files.readString(files.objects().resolve("p/d/link")));
        assertEquals(2, count(followed, "files", "skipped"));
        assertEquals(3, count(run(Map.of("symlinks", "follow"), JobRun.DONE), "files", "unchanged"));
    }

    @Test
    void limitHoldsAndIsShownAndCanBeLifted() throws Exception {
        for (int number = 0; number < 20; number++) {
            files.file("f" + number, 300_000);
        }
        JobRun run = job(server.address(), Map.of("limitBytesPerSecond", 1_000_000));
        AtomicBoolean isLifted = new AtomicBoolean();
        List<Long> limits = new ArrayList<>();
        long begun = System.nanoTime();
        int code = run.run(state -> {
            told.add(state);
            limits.add(state.getLong("limitBytesPerSecond", 0L));
            if (count(state, "bytes", "sent") > 2_000_000 && !isLifted.getAndSet(true)) {
                // Over two million bytes at a million a second, and a quarter of a second for nothing.
                assertTrue(System.nanoTime() - begun > 1_600_000_000L, "the limit does not hold");
                run.obey(command("limit").put("bytesPerSecond", 0));
            }
        });
        assertEquals(JobRun.DONE, code);
        assertTrue(limits.contains(1_000_000L) && limits.get(limits.size() - 1) == 0, limits::toString);
        files.requireEqualByRclone();
    }

    @Test
    void numberOfWorkersCanBeChosen() throws Exception {
        for (int number = 0; number < 40; number++) {
            files.file("f" + number, 100_000);
        }
        try (Relay line = new Relay(server.port())) {
            line.limit(4_000_000);
            JobRun run = job(line.address(), Map.of());
            run.obey(command("workers").put("count", 3));
            run(run, JobRun.DONE);
            JsonObject last = told.get(told.size() - 1).getJsonObject("workers");
            assertEquals("manual", last.getString("source"));
            assertEquals(3, last.getInteger("target"));
            for (JsonObject state : told.subList(told.size() / 2, told.size())) {
                assertTrue(state.getJsonObject("workers").getInteger("busy") <= 3, state::encodePrettily);
            }
        }
    }

    @Test
    void serverThatSumsUpNothingGetsMd5() throws Exception {
        files.file("a", 1_000);
        files.file("large.bin", 20_000_000);
        try (Relay line = new Relay(server.port())) {
            line.forget("x-amz-checksum-crc32c");
            JsonObject state = run(job(line.address(), Map.of()), JobRun.DONE);
            assertEquals("none", state.getJsonObject("server").getString("checksum"));
        }
        files.requireEqualByRclone();
    }

    @Test
    void byteThatIsDamagedOnTheWayToAServerThatSumsUpNothingIsNotDone() throws Exception {
        Files.writeString(files.source().resolve("a"), "all is well");
        Files.writeString(files.source().resolve("bad"), "mind the gap");
        try (Relay line = new Relay(server.port())) {
            line.forget("x-amz-checksum-crc32c");
            line.damage("mind the gap");
            JsonObject state = run(job(line.address(), Map.of()), JobRun.INCOMPLETE);
            assertEquals("failed", state.getString("phase"));
            assertEquals(1, count(state, "files", "failed"));
            assertTrue(state.getJsonObject("bytes").getDouble("percent") < 100);
        }
    }

    @Test
    void listsOfTheRunNameEveryFileAndEveryError() throws Exception {
        files.file("a", 10);
        files.file(
                "d".repeat(250) + "/" + "e".repeat(250) + "/" + "f".repeat(250) + "/" + "g".repeat(250) + "/"
                        + "h".repeat(50),
                1);
        JsonObject state = run(Map.of(), JobRun.INCOMPLETE);
        Path run = RunFiles.runs(files.state().resolve("photos"))
                .resolve(state.getJsonObject("run").getString("id"));
        JsonObject file =
                new JsonObject(Files.readAllLines(RunFiles.list(run, "files")).get(0));
        assertEquals(
                "a uploaded 10", file.getString("path") + " " + file.getString("result") + " " + file.getLong("bytes"));
        assertEquals(
                "keyTooLong",
                new JsonObject(Files.readAllLines(RunFiles.list(run, "errors")).get(0)).getString("code"));
        assertEquals("failed", new JsonObject(Files.readString(RunFiles.summary(run))).getString("phase"));
        assertEquals(1, Files.readAllLines(RunFiles.list(run, "plan")).size());
    }

    @Test
    void typesAgesAndSizesAreThoseOfTheFolder() throws Exception {
        files.file("a.JPG", 1_000);
        files.file("b.jpg", 200_000);
        files.file("c", 0);
        JsonObject state = run(Map.of(), JobRun.DONE);
        assertEquals(
                new JsonObject().put("files", 2L).put("bytes", 201_000L),
                state.getJsonObject("types").getJsonObject("jpg"));
        assertEquals(3, count(state.getJsonObject("ages"), "today", "files"));
        JsonObject sizes = state.getJsonObject("sizes");
        assertEquals(1_000L, sizes.getLong("p50Bytes"));
        assertEquals(200_000L, sizes.getLong("maximumBytes"));
        assertEquals(
                1, sizes.getJsonObject("buckets").getJsonObject("100KB-1MB").getLong("files"));
    }

    @Test
    void fullRunTrustsNoIndex() throws Exception {
        files.file("a", 1_000);
        run(Map.of(), JobRun.DONE);
        Path file = files.file("a", 1_000);
        try (JobStore index = JobStore.open(files.state().resolve("photos"))) {
            JobStore.Known known = index.known("p/a");
            index.remember("p/a", Stamp.of(file), known == null ? "" : known.etag()); // A lie.
        }
        assertEquals(1, count(run(Map.of(), JobRun.DONE), "files", "unchanged"));
        S3Config config = files.config(server.address());
        JobRun full = new JobRun("photos", config, files.state(), new RunOptions(false, true, "", -1, false));
        assertEquals(1, count(run(full, JobRun.DONE), "files", "uploaded"));
        files.requireEqualByRclone();
    }

    @Test
    void labelsAndClassAreAskedFor() throws Exception {
        files.file("a", 1_000);
        files.file("large.bin", 20_000_000);
        JsonObject state = run(Map.of("metadata", List.of("source=nas"), "storageClass", "STANDARD_IA"), JobRun.DONE);
        assertEquals(2, count(state, "files", "uploaded"));
        files.requireEqualByRclone();
    }

    @Test
    void costIsToldOnlyByPricesOfOnesOwn() throws Exception {
        files.file("a", 1_000);
        S3Config config = With.values(files.config(server.address()), Map.of("prices", List.of("put 5", "list 1")));
        JobRun run = new JobRun("photos", config, files.state(), RunOptions.NONE);
        JsonObject state = run(run, JobRun.DONE);
        assertEquals(
                0.006, state.getJsonObject("requests").getJsonObject("cost").getDouble("estimated"));
        assertFalse(run(Map.of(), JobRun.DONE).getJsonObject("requests").containsKey("cost"));
    }
}
