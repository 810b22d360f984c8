package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.FreePort;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;

/** Whatever goes wrong is told in words, with a code that is in docs/boards/s3.md. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class TroubleInWordsTest {

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
        files.file("a", 1_000);
    }

    private JsonObject run(S3Config config, int code) throws InterruptedException {
        JobRun run = new JobRun("photos", config, files.state(), RunOptions.NONE);
        assertEquals(code, run.run(state -> {}), () -> run.state().encodePrettily());
        return run.state();
    }

    private static void requireError(JsonObject state, String code, String words) {
        JsonObject errors = state.getJsonObject("errors");
        assertEquals(Set.of(code), errors.getJsonObject("byCode").fieldNames());
        String message = errors.getJsonObject("recent").getJsonObject("1").getString("message");
        assertTrue(message.contains(words), message);
    }

    private void requireNoObjects() throws IOException {
        try (Stream<Path> objects = Files.list(files.objects())) {
            assertEquals(List.of(), objects.toList());
        }
    }

    @Test
    void wrongBucket() throws Exception {
        JsonObject state = run(files.config(server.address(), "nowhere"), JobRun.FAILED);
        requireError(state, "noSuchBucket", "there is no such bucket");
        assertEquals("failed", state.getString("phase"));
        assertTrue(state.getJsonObject("run").getString("reason").contains("there is no such bucket"));
    }

    @Test
    void wrongKey() throws Exception {
        files.credentials("somebody", S3Server.SECRET);
        requireError(run(files.config(server.address()), JobRun.FAILED), "wrongKey", "does not know this access key");
    }

    @Test
    void wrongSecretIsNeverTold() throws Exception {
        files.credentials(S3Server.KEY, "a-secret-that-is-wrong");
        JsonObject state = run(files.config(server.address()), JobRun.FAILED);
        requireError(state, "wrongSecret", "another secret");
        assertFalse(state.encode().contains("a-secret-that-is-wrong"));
    }

    @Test
    void noCredentials() throws Exception {
        Files.delete(folder.resolve("credentials"));
        requireError(run(files.config(server.address()), JobRun.FAILED), "noCredentials", "credentialsFile");
    }

    @Test
    void nobodyListens() throws Exception {
        int port = FreePort.number();
        JsonObject state = run(files.config("http://127.0.0.1:" + port), JobRun.FAILED);
        requireError(state, "unreachable", "nothing answers at http://127.0.0.1:" + port);
        assertEquals(4L, state.getJsonObject("requests").getLong("retried"));
    }

    @Test
    void serverThatIsGoneInMidPart() throws Exception {
        files.file("large.bin", 20_000_000);
        try (Relay line = new Relay(server.port())) {
            line.limit(20_000_000);
            line.cutAfter(4_000_000, () -> closeQuietly(line));
            JsonObject state = run(files.config(line.address()), JobRun.INCOMPLETE);
            Set<String> codes =
                    state.getJsonObject("errors").getJsonObject("byCode").fieldNames();
            assertTrue(Set.of("unreachable", "connectionLost").containsAll(codes) && !codes.isEmpty(), codes::toString);
        }
        assertFalse(Files.exists(files.objects().resolve("p/large.bin")));
        assertEquals(
                JobRun.DONE,
                new JobRun("photos", files.config(server.address()), files.state(), RunOptions.NONE).run(s -> {}));
        files.requireEqualByRclone();
    }

    private static void closeQuietly(Relay line) {
        try {
            line.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void folderThatIsNotMounted() throws Exception {
        Files.delete(files.source().resolve("a"));
        Files.delete(files.source());
        requireError(run(files.config(server.address()), JobRun.FAILED), "noFolder", "is it mounted?");
    }

    @Test
    void fileThatVanishes() throws Exception {
        files.file("b", 2_000_000);
        try (Relay line = new Relay(server.port())) {
            line.limit(8_000_000);
            line.whenUp(300_000, () -> delete(files.source().resolve("b")));
            JsonObject state = run(files.config(line.address()), JobRun.INCOMPLETE);
            assertEquals(1, state.getJsonObject("files").getInteger("failed"));
            assertEquals(1, state.getJsonObject("files").getInteger("uploaded"));
            requireError(state, "vanished", "not there any more");
        }
        assertFalse(Files.exists(files.objects().resolve("p/b")));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void clockThatIsOffIsCorrectedByTheServersAndTold() throws Exception {
        try (S3Server other =
                new S3Server(Files.createDirectory(folder.resolve("other")), List.of("faketime", "-f", "+2h"))) {
            S3Case late = new S3Case(other, Files.createDirectory(folder.resolve("late")), "photos");
            late.file("a", 10);
            JobRun run = new JobRun("photos", late.config(other.address()), late.state(), RunOptions.NONE);
            assertEquals(JobRun.DONE, run.run(state -> {}), () -> run.state().encodePrettily());
            assertEquals(
                    Set.of("clockOff"),
                    run.state()
                            .getJsonObject("warnings")
                            .getJsonObject("byCode")
                            .fieldNames());
        }
    }

    @Test
    void namesThatCannotBeKeysAreToldAndTheOthersSent() throws Exception {
        files.file(
                "d".repeat(250) + "/" + "e".repeat(250) + "/" + "f".repeat(250) + "/" + "g".repeat(250) + "/"
                        + "h".repeat(50),
                1);
        Path link = files.source().resolve("link");
        Files.createSymbolicLink(link, files.source().resolve("a"));
        JsonObject state = run(files.config(server.address()), JobRun.INCOMPLETE);
        requireError(state, "keyTooLong", "1024");
        assertEquals(
                Set.of("link"),
                state.getJsonObject("warnings").getJsonObject("byCode").fieldNames());
        assertEquals(1, state.getJsonObject("files").getInteger("uploaded"));
    }

    @Test
    void listThatIsRefusedSendsNothing() throws Exception {
        Files.setPosixFilePermissions(files.objects(), PosixFilePermissions.fromString("rwx------"));
        files.credentials("somebody", "else");
        run(files.config(server.address()), JobRun.FAILED);
        requireNoObjects();
    }

    @Test
    void everyCodeIsOnThePageOfTheBoard() throws IOException {
        Set<String> codes = new TreeSet<>();
        Pattern code = Pattern.compile(
                "new S3Failure\\(\\s*\"(\\w+)\"|Map\\.entry\\(\"\\w+\", \"(\\w+)\"\\)|-> \"(\\w+)\";|\\? \"(\\w+)\" : \"refused\"|add\\(\\s*(?:\"\"|[\\w.()]+),\\s*\"(\\w+)\"");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/pulseboard/board/s3"))) {
            for (Path source :
                    sources.filter(each -> each.toString().endsWith(".java")).toList()) {
                code.matcher(Files.readString(source)).results().forEach(match -> {
                    for (int group = 1; group <= match.groupCount(); group++) {
                        if (match.group(group) != null) {
                            codes.add(match.group(group));
                        }
                    }
                });
            }
        }
        codes.removeAll(Set.of("stopped", "tried")); // The end of a run, and what a server does: no errors.
        assertTrue(codes.size() > 20, codes::toString);
        String page = Files.readString(Path.of("docs/boards/s3.md"));
        assertEquals(
                List.of(),
                codes.stream().filter(each -> !page.contains("`" + each + "`")).toList());
    }
}
