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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.RunFiles;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;

/** What no request that writes may follow: a server that does not say what there is, and a run that only looks. By what has passed on the line. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class RefusedTest {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** Two pages of a list. */
    private static final int MANY = 1_050;

    private static final int LARGE = 20_000_000;

    /** None of the sizes that are tried, so that the object has to be asked for. */
    private static final int PART = 7;

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

    private JobRun run(String address, RunOptions options) {
        S3Config config = S3Case.withJob(files.config(address), Map.of("delete", "delete", "maxDeletePercent", 100));
        return new JobRun("photos", config, files.state(), options);
    }

    private JsonObject run(String address, int code) throws InterruptedException {
        JobRun run = run(address, RunOptions.NONE);
        assertEquals(code, run.run(state -> {}), () -> run.state().encodePrettily());
        return run.state();
    }

    private static void requireNoWrite(Relay line) {
        requireNoWrite(line.requests());
    }

    private static void requireNoWrite(List<String> all) {
        assertFalse(all.isEmpty());
        assertEquals(
                List.of(),
                all.stream()
                        .filter(each -> !READS.contains(each.split(" ", 2)[0]))
                        .toList());
    }

    private long objects() throws IOException {
        try (Stream<Path> all = Files.walk(files.objects())) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static String code(JsonObject state) {
        return String.join(
                " ", state.getJsonObject("errors").getJsonObject("byCode").fieldNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "500 Internal Server Error"})
    void listThatIsRefusedSendsNothingAndDeletesNothing(String status) throws Exception {
        files.file("a", 10);
        files.file("b", 10);
        run(server.address(), JobRun.DONE);
        Files.delete(files.source().resolve("a"));
        files.file("new", 10);
        try (Relay line = new Relay(server.port())) {
            line.refuse("list-type=2", status);
            JsonObject state = run(line.address(), JobRun.FAILED);
            assertEquals(status.startsWith("403") ? "accessDenied" : "serverError", code(state));
            requireNoWrite(line);
        }
        assertEquals(2, objects());
    }

    @Test
    void listThatIsCutOffDeletesNothingAndTakesNothingForAbsent() throws Exception {
        for (int number = 0; number < MANY; number++) {
            files.file("many/" + number, 10);
        }
        run(server.address(), JobRun.DONE);
        Files.delete(files.source().resolve("many/1"));
        try (Relay line = new Relay(server.port())) {
            line.refuse("continuation-token", "500 Internal Server Error");
            assertEquals("serverError", code(run(line.address(), JobRun.FAILED)));
            assertTrue(line.requests().stream().anyMatch(each -> !each.contains("continuation-token")));
            requireNoWrite(line);
        }
        assertEquals(MANY, objects());
        assertEquals(
                1L, run(server.address(), JobRun.DONE).getJsonObject("files").getLong("deleted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "500 Internal Server Error"})
    void objectThatCannotBeAskedForIsAnErrorOfItsFileAndIsNotSent(String status) throws Exception {
        files.file("large.bin", LARGE);
        files.file("small", 10);
        files.sendByRclone("large.bin", PART);
        try (Relay line = new Relay(server.port())) {
            line.refuse("HEAD ", status);
            JsonObject state = run(line.address(), JobRun.INCOMPLETE);
            assertEquals(status.startsWith("403") ? "accessDenied" : "serverError", code(state));
            assertEquals(1L, state.getJsonObject("files").getLong("failed"));
            assertEquals(1L, state.getJsonObject("files").getLong("uploaded"), "the other one is");
            assertTrue(
                    line.requests().stream()
                            .filter(each -> !READS.contains(each.split(" ", 2)[0]))
                            .noneMatch(each -> each.contains("large.bin")),
                    () -> line.requests().toString());
        }
    }

    /** Absent, of another size, of another content, touched only, the same, gone: what it tells is what the run then does. */
    @Test
    void dryRunOnlyReadsAndTellsWhatTheRunThenDoes() throws Exception {
        for (String name : List.of("size", "content", "touched", "same", "gone")) {
            files.file(name, 100);
        }
        try (Relay line = new Relay(server.port())) {
            run(line.address(), JobRun.DONE);
            int before = line.requests().size();
            files.file("size", 200);
            files.file("content", 100);
            files.file("new", 10);
            files.file("large.bin", LARGE);
            Files.setLastModifiedTime(files.source().resolve("touched"), FileTime.fromMillis(1_600_000_000_000L));
            Files.delete(files.source().resolve("gone"));
            List<JsonObject> told = new CopyOnWriteArrayList<>();
            JobRun dry = run(line.address(), RunOptions.DRY);
            dry.onPlanned(told::add);
            assertEquals(JobRun.DONE, dry.run(state -> {}), () -> dry.state().encodePrettily());
            requireNoWrite(line.requests().subList(before, line.requests().size()));
            assertEquals(
                    Set.of("size upload", "content upload", "new upload", "large.bin upload", "gone delete"),
                    whatIsTold(told));
            requireDone(run(line.address(), JobRun.DONE));
        }
    }

    private void requireDone(JsonObject done) throws IOException {
        String id = done.getJsonObject("run").getString("id");
        Path lists = RunFiles.runs(files.state().resolve("photos")).resolve(id);
        Map<String, String> results = new TreeMap<>();
        for (String line : Files.readAllLines(RunFiles.list(lists, "files"))) {
            JsonObject file = new JsonObject(line);
            results.put(file.getString("path"), file.getString("result"));
        }
        Map<String, String> expected = new TreeMap<>(Map.of("gone", "deleted"));
        List.of("size", "content", "new", "large.bin").forEach(path -> expected.put(path, "uploaded"));
        assertEquals(expected, results);
        assertEquals(2L, done.getJsonObject("files").getLong("unchanged"));
    }

    private static Set<String> whatIsTold(List<JsonObject> told) {
        Set<String> all = new TreeSet<>();
        told.forEach(each -> all.add(each.getString("path") + " " + each.getString("action")));
        return all;
    }
}
