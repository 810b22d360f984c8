package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;
import pulseboard.board.s3.With;

/** Who may tell the board {@code s3} what, in the real program with its worker and its engine. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3RolesTest {

    private static final Map<String, JsonObject> ACTIONS = Map.of(
            "start", new JsonObject(),
            "retry-failed", new JsonObject(),
            "stop", new JsonObject(),
            "pause", new JsonObject(),
            "resume", new JsonObject(),
            "limit", new JsonObject().put("bytesPerSecond", 1),
            "workers", new JsonObject().put("count", 1),
            "confirm", new JsonObject().put("question", "delete-1").put("answer", true));

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private TestTokens tokens;

    @BeforeEach
    void noTokens() {
        tokens = new TestTokens(folder);
    }

    private int act(URI address, String token, String action) throws Exception {
        JsonObject body =
                Objects.requireNonNull(ACTIONS.get(action), action).copy().put("job", "photos");
        return tokens.send(
                        HttpRequest.newBuilder(address.resolve("api/boards/s3/actions/" + action))
                                .POST(HttpRequest.BodyPublishers.ofString(body.encode())),
                        token)
                .statusCode();
    }

    private String get(URI address, String token) throws Exception {
        return tokens.send(HttpRequest.newBuilder(address.resolve("api/boards/s3")), token)
                .body();
    }

    /** While an engine waits: on no command line, in no file but those that are to have it, not on the board. */
    private void requireNoSecret(String board, String settings) throws Exception {
        assertFalse(board.contains(S3Server.SECRET), board);
        List<String> engines = ProcessHandle.allProcesses()
                .map(S3RolesTest::commandLine)
                .filter(line -> line.contains(folder.toString()))
                .toList();
        assertTrue(engines.stream().anyMatch(line -> line.contains("s3 run photos")), engines::toString);
        assertFalse(engines.toString().contains(S3Server.SECRET), engines::toString);
        try (Program print = Program.start(tokens.environment(), "--config", settings, "--print-config")) {
            assertFalse(print.awaitEnd().toString().contains(S3Server.SECRET));
        }
        Set<String> theirs = Set.of("credentials", "server");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                boolean isTheirs =
                        theirs.contains(folder.relativize(file).getName(0).toString());
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertTrue(isTheirs || !content.contains(S3Server.SECRET), file::toString);
            }
        }
    }

    /** Whole: what Java tells of one that is longer than a page is nothing. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }

    private String phase(URI address, String token) throws Exception {
        return new JsonObject(get(address, token))
                .getJsonObject("state", new JsonObject())
                .getJsonObject("jobs", new JsonObject())
                .getJsonObject("photos", new JsonObject())
                .getString("phase", "");
    }

    private void requireNoneMay(URI address, String token) throws Exception {
        for (String action : ACTIONS.keySet()) {
            assertEquals(403, act(address, token, action), action);
        }
    }

    @Test
    void viewersSeeAndOperatorsDoAndTheLogHasBoth() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")))) {
            S3Case files = new S3Case(server, folder, "roles");
            files.file("stays", 100);
            Path goes = files.file("goes", 100);
            Path object = files.objects().resolve("p/goes");
            String settings = settings(files, server);
            String viewer = tokens.add("vera", "read:*");
            String elsewhere = tokens.add("uwe", "read:*", "act:board.uploads");
            String operator = tokens.add("otto", "read:*", "act:board.s3");
            try (Program program = Program.start(tokens.environment(), "--port", "0", "--config", settings)) {
                URI address = program.awaitAddress();
                Until.isTrue("the job is there", () -> phase(address, viewer).equals("idle"));
                requireNoneMay(address, viewer);
                assertEquals("idle", phase(address, viewer));
                assertEquals(200, act(address, operator, "start"));
                Until.isTrue("it is sent", () -> phase(address, viewer).equals("done"));
                Files.delete(goes);
                assertEquals(200, act(address, operator, "start"));
                Until.isTrue("it asks", () -> phase(address, viewer).equals("waiting"));
                requireNoneMay(address, viewer);
                requireNoneMay(address, elsewhere);
                assertEquals("waiting", phase(address, viewer));
                assertTrue(Files.exists(object));
                requireNoSecret(get(address, viewer), settings);
                for (String action : List.of("limit", "workers", "pause", "resume", "confirm")) {
                    assertEquals(200, act(address, operator, action), action);
                }
                Until.isTrue("it is deleted", () -> !Files.exists(object));
                program.terminate();
                requireLogged(program.awaitEnd());
            }
        }
    }

    private static String settings(S3Case files, S3Server server) throws IOException {
        return files.settingsFile(With.values(
                        S3Case.withJob(files.config(server.address()), Map.of("delete", "delete", "confirm", true)),
                        Map.of()))
                .toString();
    }

    private static void requireLogged(Program.End end) {
        String log = TestTokens.log(end);
        for (String action : ACTIONS.keySet()) {
            assertTrue(log.contains("action=\"s3/" + action + "\" outcome=forbidden name=\"vera\""), log);
            assertTrue(log.contains("action=\"s3/" + action + "\" outcome=forbidden name=\"uwe\""), log);
        }
        assertFalse(log.contains(S3Server.SECRET), log);
        assertTrue(log.contains("action=\"s3/confirm\" outcome=done name=\"otto\""), log);
    }
}
