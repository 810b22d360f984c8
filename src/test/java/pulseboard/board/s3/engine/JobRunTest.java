package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
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
import pulseboard.board.s3.With;

/** Whole runs, against a real server. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class JobRunTest {

    private static final int LARGE = 24_000_000;

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

    private JsonObject run(S3Config config, int code) throws InterruptedException {
        JobRun run = new JobRun("photos", config, files.state(), RunOptions.NONE);
        assertEquals(code, run.run(told::add), () -> run.state().encodePrettily());
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

    private static long requests(JsonObject state) {
        JsonObject all = state.getJsonObject("requests");
        return Stream.of("put", "head", "list", "abort")
                .mapToLong(each -> all.getLong(each, 0L))
                .sum();
    }

    private static void requireEachTimed(JsonObject state) {
        JsonObject all = state.getJsonObject("requests");
        for (String kind : List.of("put", "list", "head")) {
            JsonObject times = all.getJsonObject("times").getJsonObject(kind);
            assertEquals(
                    all.getLong(kind),
                    times.getJsonObject("buckets").stream()
                            .mapToLong(each -> ((Number) each.getValue()).longValue())
                            .sum(),
                    kind);
            assertTrue(times.getDouble("p50Milliseconds") > 0 && times.getDouble("seconds") > 0, kind);
        }
    }

    private static String code(JsonObject state) {
        return String.join(
                " ", state.getJsonObject("errors").getJsonObject("byCode").fieldNames());
    }

    @Test
    void folderIsInTheBucketAndTheNextRunSendsNothing() throws Exception {
        files.file("a b/ü +&%.txt", 100);
        files.file("empty", 0);
        files.file("large.bin", LARGE);
        files.file("left.tmp", 10);
        for (int number = 0; number < 50; number++) {
            files.file("many/" + number, 1_000 * number);
        }
        JsonObject first = run();
        assertEquals(53, files(first, "uploaded"));
        assertEquals(bytes(first, "planned"), bytes(first, "done"));
        assertEquals(0, bytes(first, "inFlight"));
        assertEquals(100.0, first.getJsonObject("files").getDouble("percent"));
        assertEquals("crc32c", first.getJsonObject("server").getString("checksum"));
        requireEachTimed(first);
        Files.delete(files.source().resolve("left.tmp"));
        files.requireEqualByRclone();
        JsonObject second = run();
        assertEquals(53, files(second, "unchanged"));
        assertEquals(1, requests(second), "one page of a list, and nothing for each file");
    }

    @Test
    void unchangedFilesTakeOneRequestForEachThousand() throws Exception {
        for (int number = 0; number < 1_050; number++) {
            files.file("many/" + number, 10);
        }
        assertEquals(1_050, files(run(), "uploaded"));
        JsonObject again = run();
        assertEquals(1_050, files(again, "unchanged"));
        assertEquals(2, requests(again));
        assertEquals(2L, again.getJsonObject("requests").getLong("list"));
    }

    @Test
    void doneIsNeverMoreThanPlannedAndNeverAllBeforeTheEnd() throws Exception {
        files.file("large.bin", LARGE);
        for (int number = 0; number < 200; number++) {
            files.file("many/" + number, 20_000);
        }
        run();
        assertTrue(told.size() > 2);
        for (JsonObject state : told) {
            assertTrue(
                    bytes(state, "done") + bytes(state, "inFlight") <= bytes(state, "planned"), state::encodePrettily);
            boolean isAll =
                    Double.valueOf(100).equals(state.getJsonObject("bytes").getDouble("percent"));
            assertEquals(state.getString("phase").equals("done"), isAll);
        }
    }

    @Test
    void contentIsWhatCounts() throws Exception {
        Path touched = files.file("touched", 1_000);
        Path edited = files.file("edited", 1_000);
        FileTime time = Files.getLastModifiedTime(edited);
        run();
        Files.setLastModifiedTime(touched, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        files.file("edited", 1_000);
        Files.setLastModifiedTime(edited, time);
        JsonObject second = run();
        assertEquals(1, files(second, "uploaded"));
        assertEquals(1, files(second, "unchanged"));
        files.requireEqualByRclone();
    }

    @Test
    void whatIsThereIsKnownByItsContentWithoutAnEarlierRun() throws Exception {
        files.file("small", 1_000);
        files.file("large.bin", LARGE);
        run();
        Files.delete(files.state().resolve("photos").resolve("job.mv"));
        JsonObject second = run();
        assertEquals(2, files(second, "unchanged"));
        assertEquals(0, bytes(second, "sent"));
    }

    @Test
    void damagedByteIsNotDone() throws Exception {
        Files.writeString(files.source().resolve("good"), "all is well");
        Files.writeString(files.source().resolve("bad"), "mind the gap");
        try (Relay line = new Relay(server.port())) {
            line.damage("mind the gap");
            JsonObject state = run(files.config(line.address()), JobRun.INCOMPLETE);
            assertEquals("damaged", code(state));
            assertEquals("failed", state.getString("phase"));
            assertEquals(1, files(state, "uploaded"));
            assertTrue(state.getJsonObject("bytes").getDouble("percent") < 100);
            assertFalse(Files.exists(files.objects().resolve("p/bad")));
        }
    }

    @Test
    void runThatWasCutOffGoesOnWithTheParts() throws Exception {
        files.file("large.bin", LARGE);
        JobRun first;
        try (Relay line = new Relay(server.port())) {
            line.limit(20_000_000);
            first = new JobRun("photos", withWorkers(files.config(line.address()), 2), files.state(), RunOptions.NONE);
            line.cutAfter(17_000_000, first::stop);
            assertEquals(JobRun.STOPPED, first.run(state -> {}));
        }
        JsonObject second = run();
        assertEquals(1, files(second, "uploaded"));
        assertTrue(bytes(second, "resumed") >= 5 << 20, second::encodePrettily);
        assertEquals(LARGE, bytes(second, "resumed") + bytes(second, "sent"));
        files.requireEqualByRclone();
    }

    /** With two at once, some parts are there when the third is not. */
    private static S3Config withWorkers(S3Config config, int count) {
        return With.values(config, Map.of("maxWorkers", count));
    }

    @Test
    void connectionThatBreaksIsMadeAgain() throws Exception {
        files.file("large.bin", LARGE);
        files.file("small", 100_000);
        try (Relay line = new Relay(server.port())) {
            line.cutAfter(8_000_000, () -> {});
            JsonObject state = run(files.config(line.address()), JobRun.DONE);
            assertEquals(2, files(state, "uploaded"));
            assertTrue(state.getJsonObject("requests").getLong("retried") > 0);
            assertTrue(bytes(state, "sent") > bytes(state, "done"));
        }
        files.requireEqualByRclone();
    }

    @Test
    void namesAroundTheEdgesOfTheOrderAreSentOnce() throws Exception {
        List<String> names = List.of(
                "a",
                "a-",
                "a.b",
                "a/",
                "a0",
                "ab",
                "a/b",
                "\uFFEE",
                "\uD800\uDC00",
                "z\uFFEE",
                "z\uD83D\uDE00/x",
                "z",
                "é",
                "é/x");
        for (String name : names) {
            if (!name.endsWith("/") && !Files.exists(files.source().resolve(name))) {
                files.file(name.equals("a") || name.equals("é") ? name + "1" : name, 10);
            }
        }
        assertEquals(13, files(run(), "uploaded"));
        JsonObject second = run();
        assertEquals(0, bytes(second, "sent"), second::encodePrettily);
        assertEquals(13, files(second, "unchanged"));
    }

    @Test
    void dryRunSendsNothingAndTellsWhatARunDoes() throws Exception {
        files.file("new", 10);
        files.file("large.bin", LARGE);
        JobRun dry = new JobRun("photos", files.config(server.address()), files.state(), RunOptions.DRY);
        List<JsonObject> plan = new CopyOnWriteArrayList<>();
        dry.onPlanned(plan::add);
        assertEquals(JobRun.DONE, dry.run(state -> {}));
        assertEquals(1, requests(dry.state()));
        try (Stream<Path> objects = Files.list(files.objects())) {
            assertEquals(List.of(), objects.toList());
        }
        assertEquals(List.of("large.bin", "new"), paths(plan));
        assertEquals(2, files(run(), "uploaded"));
    }

    private static List<String> paths(List<JsonObject> plan) {
        List<String> paths = new ArrayList<>();
        plan.forEach(each -> paths.add(each.getString("path")));
        return paths.stream().sorted().toList();
    }

    @Test
    void onlyOneRunHasTheJob() throws Exception {
        files.file("a", 10);
        try (JobStore other = JobStore.open(files.state().resolve("photos"))) {
            assertEquals("alreadyRunning", code(run(files.config(server.address()), JobRun.FAILED)));
            assertTrue(other.uploads().isEmpty());
        }
    }

    @Test
    void objectThatSomebodyElseMadeMeanwhileStaysTheirs() throws Exception {
        files.file("a", 2_000_000);
        files.file("b", 10);
        try (Relay line = new Relay(server.port())) {
            line.limit(4_000_000);
            JobRun run = new JobRun("photos", files.config(line.address()), files.state(), RunOptions.NONE);
            // After the list, while the first file is under way.
            line.whenUp(100_000, () -> write(files.objects().resolve("p/a"), "theirs"));
            assertEquals(
                    JobRun.INCOMPLETE, run.run(state -> {}), () -> run.state().encodePrettily());
            assertEquals(1, files(run.state(), "conflicts"));
            assertEquals("conflict", code(run.state()));
        }
        assertEquals("theirs", Files.readString(files.objects().resolve("p/a")));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void fileThatChangesWhileItIsSentIsSentAsItIsInTheEnd() throws Exception {
        Path file = files.file("growing", 3_000_000);
        try (Relay line = new Relay(server.port())) {
            line.limit(6_000_000);
            line.whenUp(500_000, () -> write(file, "short now"));
            JsonObject state = run(files.config(line.address()), JobRun.DONE);
            assertEquals(9, bytes(state, "done"));
            assertEquals(9, bytes(state, "planned"));
        }
        assertEquals("short now", Files.readString(files.objects().resolve("p/growing")));
    }
}
