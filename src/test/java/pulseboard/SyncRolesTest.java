package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what with file sync, in the real program with its worker and an agent. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyncRolesTest {

    private static final String FILE = "files?folder=docs&path=f&node=m";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private TestTokens tokens;

    private final List<Program> programs = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // Set before each.
    private URI board;

    @BeforeEach
    void start() throws Exception {
        tokens = new TestTokens(folder);
        Path sync = folder.resolve("sync");
        Path settings = Files.writeString(
                folder.resolve("pulseboard.yaml"), "sync: {enabled: true, port: 0, folder: " + sync + "}\n");
        programs.add(Program.start(tokens.environment(), "--port", "0", "--config", settings.toString()));
        board = programs.get(0).awaitAddress().resolve("api/boards/sync/");
        Until.isTrue("the coordinator listens", () -> Files.exists(sync.resolve("address.json")));
        String code = SyncCommand.invitation(sync, "docs").code();
        Path state = folder.resolve("agent");
        programs.add(Program.start(
                tokens.environment(),
                Stream.of("sync agent --join " + code + " --name m --keep-free 0 --folder docs="
                                + folder.resolve("docs") + " --state " + state)
                        .flatMap(line -> Stream.of(line.split(" ", -1)))
                        .toArray(String[]::new)));
        Until.isTrue("it has joined", () -> Files.exists(state.resolve("agent.json")));
    }

    @AfterEach
    void stop() throws Exception {
        for (Program each : programs) {
            each.terminate();
            each.awaitEnd();
            each.close();
        }
    }

    private int send(String token, String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(board.resolve(path))
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return tokens.send(request, token).statusCode();
    }

    private JsonObject get(String token, String path) throws Exception {
        return new JsonObject(
                tokens.send(HttpRequest.newBuilder(board.resolve(path)), token).body());
    }

    /** All that the board says that it does, and that it serves to those who act: as method and path. */
    private List<String> deeds(String token) throws Exception {
        JsonObject info = get(token, "../boards").getJsonObject("state").getJsonObject("sync");
        List<String> all = new ArrayList<>();
        info.getJsonObject("actions").fieldNames().forEach(name -> all.add("POST actions/" + name));
        info.getJsonArray("resources").stream()
                .map(each -> (JsonObject) each)
                .filter(each -> !each.getString("method").equals("GET") || each.containsKey("role"))
                .forEach(each -> all.add(
                        each.getString("method") + " " + each.getString("path").replace(":id", "0000000000000000")));
        return all;
    }

    /** The program looks each second who there is. */
    private void awaitKnown(String... tokens) throws Exception {
        for (String token : tokens) {
            Until.isTrue("it is known", () -> send(token, "GET", "summary") == 200);
        }
        awaitOnline(tokens[0]);
    }

    private void awaitOnline(String token) throws Exception {
        Until.isTrue(
                "the machine is there",
                () -> get(token, "nodes/m").getString("status", "").equals("online"));
    }

    @Test
    @Tag("system")
    void viewersSeeOperatorsActAndNobodyElseDoesAnything() throws Exception {
        // As soon as there is a user, this machine has to sign in, too.
        try (Program add =
                Program.start(tokens.environment(), "user", "add", "anna", "--role", "admin", "--generate")) {
            assertEquals(0, add.awaitEnd().code());
        }
        String viewer = tokens.add("vera", "read:*");
        String elsewhere = tokens.add("uwe", "read:*", "act:board.s3");
        String operator = tokens.add("otto", "read:*", "act:board.sync");
        awaitKnown(viewer, elsewhere, operator);
        List<String> deeds = deeds(viewer);
        assertTrue(
                deeds.containsAll(
                        List.of("POST actions/resolve", "PUT files", "DELETE files/0000000000000000", "GET content")),
                deeds::toString);
        for (String deed : deeds) {
            String[] parts = deed.split(" ", 2);
            assertEquals(403, send(viewer, parts[0], parts[1]), deed);
            assertEquals(403, send(elsewhere, parts[0], parts[1]), deed);
            assertEquals(401, send("", parts[0], parts[1]), deed);
            assertEquals(403, send(operator, parts[0], parts[1], "Origin", "http://evil.example"), deed);
        }
        assertEquals(200, send(viewer, "HEAD", FILE)); // The list, and no file that is put.
        assertEquals(200, send(viewer, "GET", "summary"));
        assertEquals(403, send(operator, "POST", "actions/forget"));
        assertEquals(201, send(operator, "PUT", FILE));
        Path there = folder.resolve("docs/f");
        assertEquals("{}", Files.readString(there));
        Until.isTrue(
                "it is told",
                () -> !get(viewer, "files?folder=docs").getJsonArray("files").isEmpty());
        assertEquals(200, send(operator, "GET", "content?folder=docs&path=f"));
        programs.get(0).terminate();
        String log = TestTokens.log(programs.get(0).awaitEnd());
        assertTrue(log.contains("action=\"sync/resolve\" outcome=forbidden name=\"vera\""), log);
        assertTrue(log.contains("action=\"sync PUT files\" outcome=forbidden name=\"uwe\""), log);
        assertTrue(log.contains("action=\"sync PUT files\" outcome=done name=\"otto\""), log);
    }
}
